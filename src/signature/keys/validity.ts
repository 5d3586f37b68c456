/** Dates of certificates: whole seconds, whole calendar years, UTC. */

/** The second a moment lies in, since certificates are no finer. */
export function secondOf(milliseconds: number): Date {
  return new Date(Math.floor(milliseconds / 1000) * 1000);
}

/** The same date and time, years later. */
export function yearsAfter(date: Date, years: number): Date {
  const later = new Date(date);
  later.setUTCFullYear(later.getUTCFullYear() + years);
  return later;
}
