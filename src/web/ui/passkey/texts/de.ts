import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  signInWithPasskey: 'Mit einem Passkey anmelden',
  usePasskey: 'Passkey verwenden',
  secondLead:
    'Verwenden Sie einen Passkey dieses Kontos: auf diesem Gerät, auf Ihrem Telefon oder auf einem Sicherheitsschlüssel.',
  unused:
    'Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal, oder melden Sie sich anders an. Passkeys für eine andere Adresse als {host} werden hier nicht angeboten.',
  notMade: 'Es wurde kein Passkey erstellt. Sie können es jederzeit noch einmal versuchen.',
  present: 'Am gewählten Ort gibt es schon einen Passkey für dieses Konto.',
  elsewhere: 'Passkeys funktionieren nur unter {host}. Öffnen Sie diese Seite dort.',
  unsupported: 'Dieser Browser kann keine Passkeys verwenden. Wählen Sie einen anderen Weg oder einen anderen Browser.',
  unreachable: 'Der Server war nicht zu erreichen. Laden Sie diese Seite neu und versuchen Sie es noch einmal.',
  failed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.',
  needsScripts: 'Passkeys brauchen JavaScript, das in diesem Browser nicht läuft. Wählen Sie einen anderen Weg.',
  tooOld: 'Das hat zu lange gedauert oder wurde in einem anderen Tab abgeschlossen. Versuchen Sie es noch einmal.',
  notVerified:
    'Ihr Gerät hat nicht geprüft, dass Sie es sind. Richten Sie dort eine PIN, einen Fingerabdruck oder die Gesichtserkennung ein, oder melden Sie sich anders an.',
  refused:
    'Dieser Passkey wurde nicht angenommen. Vielleicht wurde er aus Ihrem Konto entfernt oder für eine andere Adresse als {host} erstellt. Melden Sie sich anders an.',
  passkeys: 'Passkeys',
  passkeysLead:
    'Mit einem Passkey meldet Sie die Sperre Ihres Geräts an: Fingerabdruck, Gesicht oder PIN. Niemand kann ihn erraten, und keine gefälschte Seite kann ihn Ihnen entlocken.',
  add: 'Passkey hinzufügen',
  addLead:
    'Ihr Browser fragt, wo er aufbewahrt werden soll: auf diesem Gerät, in einem Passwortmanager, auf Ihrem Telefon oder auf einem Sicherheitsschlüssel.',
  addSecond: 'Danach genügt Ihr Passwort allein nicht mehr: Wer sich damit anmeldet, braucht auch einen Passkey.',
  create: 'Passkey erstellen',
  name: 'Name',
  addedAt: 'Hinzugefügt',
  lastUsed: 'Zuletzt benutzt',
  notUsedYet: 'Noch nicht',
  keptIn: 'Aufbewahrt',
  oneDevice: 'Auf einem Gerät',
  synced: 'Zwischen Geräten abgeglichen',
  madeFor: 'Für {host} erstellt',
  otherHost:
    'Diese Seite ist jetzt unter {host} zu finden. Passkeys, die für eine frühere Adresse erstellt wurden, funktionieren nur dort: Fügen Sie einen neuen hinzu und entfernen Sie den alten.',
  ipAddress:
    'Passkeys brauchen eine Adresse mit einem Namen. Für eine IP-Adresse wie {host} erstellt kein Browser welche; Ihre Administration kann das ändern.',
  actions: 'Aktionen',
  change: 'Ändern',
  save: 'Speichern',
  cancel: 'Abbrechen',
  remove: 'Diesen Passkey entfernen',
  removeHint:
    'Er wird hier dann nicht mehr angenommen. Löschen Sie ihn auch auf Ihrem Gerät oder in Ihrem Passwortmanager.',
  giveName: 'Geben Sie dem Passkey einen Namen.',
  lastWay:
    'Dieser Passkey ist Ihr letzter Weg, sich anzumelden. Fügen Sie einen weiteren hinzu oder legen Sie ein Passwort fest, bevor Sie ihn entfernen.',
  added: 'Der Passkey „{name}“ wurde hinzugefügt.',
  renamed: 'Der Passkey heißt jetzt „{name}“.',
  removed: 'Der Passkey „{name}“ wurde entfernt.',
  securityKey: 'Sicherheitsschlüssel',
  passkey: 'Passkey',
  offerHeading: 'Beim nächsten Mal schneller anmelden',
  offer: 'Mit einem Passkey brauchen Sie kein Passwort: Ihr Gerät meldet Sie mit Fingerabdruck, Gesicht oder PIN an.',
  notNow: 'Jetzt nicht',
};
