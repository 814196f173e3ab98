import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  invitationSubject: 'Sie sind zu {house} eingeladen',
  invitation: 'Sie sind eingeladen, bei {house} ein Konto anzulegen.',
  invitationTo: '{name}, Sie sind eingeladen, bei {house} ein Konto anzulegen.',
  invitationLabel: 'Konto anlegen',
  invitationClosing: 'Der Link gilt bis {date}. Wenn Sie ihn nicht erwartet haben, brauchen Sie nichts zu tun.',
  confirmationSubject: 'Bestätigen Sie Ihre E-Mail-Adresse',
  confirmation:
    'Jemand legt bei {house} ein Konto mit dieser E-Mail-Adresse an. Wenn Sie das sind, geben Sie diesen Code auf der Seite ein, auf der Sie begonnen haben, oder öffnen Sie den Link.',
  confirmationLabel: 'Adresse bestätigen',
  confirmationClosing:
    'Beides gilt eine Stunde. Wenn Sie das nicht sind, brauchen Sie nichts zu tun: Dann wird kein Konto angelegt.',
  existingSubject: 'Sie haben schon ein Konto',
  existing:
    'Jemand wollte bei {house} ein Konto mit dieser E-Mail-Adresse anlegen. Sie haben schon eines, deshalb wurde nichts angelegt. Wenn Sie das waren, melden Sie sich damit an.',
  signIn: 'Anmelden',
  existingClosing: 'Wenn Sie das nicht waren, brauchen Sie nichts zu tun.',
  approvedSubject: 'Ihr Konto ist bereit',
  approved: 'Die Administration hat Ihr Konto freigegeben: Sie können sich jetzt bei {house} als {username} anmelden.',
};
