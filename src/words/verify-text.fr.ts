import { colons, typed, verifyCommands, type VerifyTextFacts } from "./verify-text.ts";

/** VERIFY.txt en français. Les lignes en retrait de quatre blancs sont des commandes, à saisir telles quelles. */
export function verifyTextFr(facts: VerifyTextFacts): string {
  const run = verifyCommands(facts.id, facts);
  const epoch = Math.floor(Date.parse(facts.created) / 1000);
  return `COMMENT VÉRIFIER CE DOSSIER SCELLÉ (français)

Dossier ${facts.id}, établi le ${facts.created}, signé par ${facts.holder}.
Rien ici n'exige le logiciel qui l'a établi, et aucun réseau n'est utilisé.

Il vous faut
- ${facts.id}.zip, tel qu'il vous a été remis
- agency-root.pem, le certificat racine du service. Il doit venir d'AILLEURS que de ce dossier : du
  service lui-même, par une autre voie. Un certificat pris dans le dossier ne prouve rien.
Placez les deux dans un répertoire vide et ouvrez-y un terminal.

1. La racine. Comparez l'empreinte avec celle que le service vous a donnée sur papier ou par téléphone.
   La chaîne de ce dossier se termine par
   ${colons(facts.root)}

2. Décompresser dans un répertoire à part.

${typed(run.unpack)}
3. La signature sur la liste des fichiers. Attendu : « CAdES Verification successful ».

${typed(run.signature)}
   macOS fournit LibreSSL, qui ne connaît pas -cades : supprimez ce mot.
   Le certificat du signataire a pour empreinte SHA-256
   ${colons(facts.signer)}
   Une fois ce certificat expiré, openssl le refuse. Il était en vigueur quand le dossier a été établi ;
   pour vérifier à cet instant, ajoutez :  -attime ${epoch}

4. Les deux listes d'empreintes sont celles qui ont été signées. Attendu : 1 et 1.

${typed(run.manifests)}
5. Chaque fichier listé est inchangé. Attendu : aucune sortie.

${typed(run.files)}
   Sous macOS : shasum -a 256 -c --quiet, une fois par liste.

6. Aucun fichier n'a été ajouté. Attendu : aucune sortie.

${typed(run.unlisted)}
7. Le rapport porte aussi sa propre signature. Attendu : « Signature is Valid » et « Total document signed ».

${typed(run.report)}
   Un lecteur PDF dit que la signature est valide mais que l'identité du signataire est inconnue, tant
   que la racine du service n'est pas parmi ses certificats approuvés. Il ne doit jamais dire que le
   document a été modifié.
${timeStepFr(facts.timestamp, run.time)}
L'empreinte de la racine qui vous a été remise, pour l'étape 1 :

${typed(run.fingerprint)}
WINDOWS (PowerShell). Décompresser ; ensuite aucune ligne ne doit dire CHANGED :

${typed(run.windowsUnpack)}
${typed(run.windowsFiles)}
Fichiers absents des deux listes. Attendu : ${windowsFilesFr(facts)}, aucun autre :

${typed(run.windowsUnlisted)}
Empreintes de fichiers isolés, à comparer avec celles ci-dessous :

${typed(run.windowsManifests)}
L'étape 3 fonctionne avec openssl.exe, fourni avec Git pour Windows.

EMPREINTES (SHA-256)
${facts.payloadManifest}  manifest-sha256.txt
${facts.messages}  data/messages.jsonl
${facts.report}  data/report.pdf

CE QU'UN BON RÉSULTAT MONTRE
- Les fichiers sont, octet pour octet, ceux que le détenteur de la clé a signés.
- Cette clé est celle de ${facts.holder}, pour autant que vous fassiez confiance au certificat racine.
CE QU'IL NE MONTRE PAS
- ${timeFr(facts.timestamp)}
- Qui a écrit un message, ni qu'un compte appartient à une personne.
- Que l'export était complet ou authentique à sa réception. Le dossier énumère ce qui a été reçu, avec
  son empreinte, et quelle partie en est donnée ici.
`;
}

function windowsFilesFr({ timestamp, assertions }: VerifyTextFacts): string {
  const always = "mimetype, tagmanifest-sha256.txt et les deux fichiers de META-INF";
  if (timestamp === "none") return always;
  if (timestamp === "later") {
    return `${always}
(et, si un horodatage a été ajouté depuis, certs/tsa-chain.pem et ses fichiers dans META-INF)`;
  }
  return `mimetype, tagmanifest-sha256.txt et les ${2 + 2 * assertions} fichiers de META-INF`;
}

function timeStepFr(timestamp: VerifyTextFacts["timestamp"], lines: readonly string[]): string {
  if (timestamp === "none") return "";
  const when =
    timestamp === "expected"
      ? "8. L'horodatage : à quelle heure la signature existait déjà."
      : `8. L'horodatage, si META-INF/timestamp001.tst est présent : il a été ajouté après l'établissement du
   dossier et dit à quelle heure la signature existait déjà.`;
  return `
${when} Il vous faut
   tsa-root.pem à côté de agency-root.pem : le certificat racine de l'autorité d'horodatage, obtenu
   d'elle-même. Attendu chaque fois : « Verification: OK », l'heure, puis 1 et 1.

${typed(lines)}
   Une fois le certificat de l'autorité expiré, ajoutez à « openssl ts -verify » :  -no_check_time
`;
}

function timeFr(timestamp: VerifyTextFacts["timestamp"]): string {
  return timestamp === "expected"
    ? "Quand il a été signé, à moins de vérifier aussi l'horodatage (étape 8)."
    : "Quand il a été signé : l'heure est celle qu'affirme le signataire, aucun tiers horodateur ne la confirme.";
}
