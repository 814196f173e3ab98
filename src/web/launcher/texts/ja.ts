import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  yourApplications: '利用できるアプリ',
  applications: 'アプリケーション',
  nothingYet: 'まだ開けるものがありません',
  nothingYetText: 'ホームページのアドレスが登録されたアプリケーションがここに表示されます。',
  openConsole: 'コンソールを開く',
  running: 'Castellan が動作しています',
  noAdministrator: 'まだ管理者がいません。',
  linkPrinted:
    '起動時に、最初の管理者を作るリンクが表示されました。そのリンクをこのブラウザーで開いてください。もう一度表示するには、Castellan をインストールした場所で次を実行します：',
  orBinary: 'または、単一の実行ファイルの場合：',
  commandCheckout: 'チェックアウトでのコマンド',
  commandBinary: '実行ファイルでのコマンド',
};
