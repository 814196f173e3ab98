import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  disabledHeading: 'To konto jest wyłączone',
  disabled: 'Potwierdzono, że należy do Ciebie, ale administrator je wyłączył. Zapytaj go, jeśli to pomyłka.',
  expiredHeading: 'To konto wygasło',
  expired: 'Potwierdzono, że należy do Ciebie, ale jego czas minął. Poproś administratora o przedłużenie.',
  awaitsApprovalHeading: 'Twoje konto czeka na zatwierdzenie',
  awaitsApproval:
    'Administrator przegląda nowe konta, zanim można ich używać. Wróć później: hasło pozostaje takie samo.',
  anotherAccount: 'Zaloguj się na inne konto',
  newPassword: 'Ustaw nowe hasło',
  newPasswordLead: 'Obecne ustawił ktoś inny, więc działa tylko ten jeden raz. Od teraz będziesz je znać tylko Ty.',
  username: 'Nazwa użytkownika',
  save: 'Zapisz i przejdź dalej',
  backTo: 'Wróć do {client}',
};
