import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochTime, localTime, offsetTime } from "../../src/time/read.ts";
import { checkZone, instantText, localIn, placeLocal } from "../../src/time/zone.ts";

describe("a wall clock in a declared zone", () => {
  it("is placed in summer and in winter", () => {
    expect(placeLocal("2024-06-25T21:04:00", "Europe/Paris").instant).toBe("2024-06-25T19:04:00Z");
    expect(placeLocal("2024-12-25T21:04:00", "Europe/Paris").instant).toBe("2024-12-25T20:04:00Z");
    expect(placeLocal("2024-06-25T21:04:00", "+02:00").instant).toBe("2024-06-25T19:04:00Z");
  });

  it("is doubted in the hour that comes twice and in the hour that never comes", () => {
    expect(localTime("raw", "2024-10-27T02:30:00", "minute", "Europe/Paris").flags).toEqual([
      "ambiguous-fold",
    ]);
    expect(localTime("raw", "2024-03-31T02:30:00", "minute", "Europe/Paris").flags).toEqual([
      "nonexistent-local",
    ]);
    expect(localTime("raw", "2024-03-31T03:30:00", "minute", "Europe/Paris").flags).toEqual([]);
  });

  it("stays local, with no instant, where no zone was declared", () => {
    const time = localTime("25/06/2024, 21:04", "2024-06-25T21:04:00", "minute", null);
    expect(time).toMatchObject({ instant: null, basis: "unknown", zone: null });
  });

  it("comes back from its instant, wherever the clock does not jump", () => {
    const when = fc.date({
      min: new Date("2009-01-01"),
      max: new Date("2030-01-01"),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom(
      "Europe/Paris",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "+05:45",
    );
    fc.assert(
      fc.property(when, zones, (date, zone) => {
        const local = date.toISOString().slice(0, 19);
        const placed = placeLocal(local, zone);
        const back = localIn(placed.instant, zone);
        expect(placed.doubt === "gap" || back === local).toBe(true);
      }),
    );
  });

  it("writes an instant as the language itself does, without an empty fraction", () => {
    const instants = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(instants, (ms) => {
        expect(instantText(ms)).toBe(new Date(ms).toISOString().replace(".000Z", "Z"));
      }),
    );
  });

  it("refuses a zone that does not exist, by name", () => {
    expect(() => checkZone("Europe/Parys")).toThrow("no such time zone: Europe/Parys");
  });
});

describe("a time the source states itself", () => {
  it("tells the offset of the machine that wrote both clock and epoch", () => {
    const time = epochTime(
      "2024-06-25T21:04:00",
      1_719_342_240_000,
      "second",
      "2024-06-25T21:04:00",
    );
    expect(time).toMatchObject({ instant: "2024-06-25T19:04:00Z", basis: "utc", zone: "+02:00" });
  });

  it("keeps a written offset", () => {
    expect(offsetTime("r", "2025-07-28T01:29:21", "+02:00", "second")).toMatchObject({
      instant: "2025-07-27T23:29:21Z",
      basis: "offset",
    });
  });
});
