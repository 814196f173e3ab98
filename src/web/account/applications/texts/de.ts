import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  lead: 'Anwendungen, denen Sie Zugriff erlaubt haben, und was jede lesen darf. Sie können das jederzeit beenden.',
  nothing: 'Noch keine Anwendung',
  nothingText: 'Wenn Sie sich mit diesem Konto bei einer Anwendung anmelden, erscheint sie hier.',
  since: 'Erlaubt',
  byAdministrator: 'Durch Ihre Administration, ohne Rückfrage',
  lastGiven: 'Zuletzt gegeben',
  longAgo: 'Vor mehr als einem halben Jahr',
  whileAway: 'In Ihrer Abwesenheit',
  yes: 'Behält den Zugriff',
  until: 'bis {time}',
  services: 'Darf in Ihrem Namen aufrufen',
  can: 'Was die Anwendung kann',
  withdrawEllipsis: 'Zugriff entziehen…',
  withdraw: 'Zugriff entziehen',
  cancel: 'Abbrechen',
  question: '{client} den Zugriff entziehen?',
  losesAccess: '{client} kann ab sofort nichts mehr aus Ihrem Konto lesen.',
  isTold: 'Die Anwendung erfährt, dass Sie dort abgemeldet sind.',
  isNotTold:
    'Die Anwendung kann nicht benachrichtigt werden: Wenn Sie dort angemeldet sind, melden Sie sich auch dort ab.',
  keepsWhatItRead: 'Was sie bisher gelesen hat, behält sie. Wenn es gelöscht werden soll, wenden Sie sich dorthin.',
  otherServices: 'Andere Dienste akzeptieren vielleicht noch eine Weile, was sie erhalten hat, längstens bis {until}.',
  asksAgain: 'Wenn Sie sich dort wieder anmelden, werden Sie wieder gefragt.',
  comesBack: 'Wenn Sie sie wieder öffnen, hat sie wieder Zugriff: Ihre Administration hat ihn ohne Rückfrage erlaubt.',
  withdrawn: '{client} hat keinen Zugriff mehr auf Ihr Konto.',
  notFound: 'Nicht verbunden',
  notFoundText: 'Diese Anwendung hat keinen Zugriff auf Ihr Konto.',
  back: 'Verbundene Anwendungen',
};
