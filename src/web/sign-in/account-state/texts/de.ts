import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  disabledHeading: 'Dieses Konto ist gesperrt',
  disabled:
    'Sie haben bewiesen, dass es Ihres ist, aber die Administration hat es gesperrt. Fragen Sie dort nach, wenn Sie das für einen Irrtum halten.',
  expiredHeading: 'Dieses Konto ist abgelaufen',
  expired:
    'Sie haben bewiesen, dass es Ihres ist, aber seine Zeit ist um. Bitten Sie Ihre Administration um eine Verlängerung.',
  awaitsApprovalHeading: 'Ihr Konto wartet auf Freigabe',
  awaitsApproval:
    'Die Administration sieht sich neue Konten an, bevor sie benutzt werden können. Kommen Sie später wieder: Ihr Passwort bleibt dasselbe.',
  anotherAccount: 'Mit einem anderen Konto anmelden',
  newPassword: 'Wählen Sie ein neues Passwort',
  newPasswordLead:
    'Das jetzige hat jemand anders für Sie gesetzt, es gilt daher nur dieses eine Mal. Ab jetzt kennen nur Sie es.',
  username: 'Benutzername',
  save: 'Speichern und weiter',
  backTo: 'Zurück zu {client}',
};
