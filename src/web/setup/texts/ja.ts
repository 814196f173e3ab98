import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  title: '管理者アカウントを作成',
  lead: 'このリンクは一度だけ使えます。このページに入力した人が、以後 Castellan を管理します。',
  submit: '管理者アカウントを作成',
  linkNeeded: 'セットアップ用リンクが必要です',
  linkNeededText: 'Castellan は起動時にリンクを表示しました。そのリンクを開いてください。',
  linkDead: 'このリンクは使えなくなりました',
  linkDeadText: '使用済みか、期限切れか、新しいリンクが作成されています。',
  newLink: '新しいリンクは、サーバーで {command}、チェックアウトでは {commandInCheckout} を実行すると表示されます。',
};
