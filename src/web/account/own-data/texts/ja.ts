import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  lead: 'ここに保存されているあなたの情報です。',
  downloadHeading: 'データをダウンロード',
  downloadLead:
    'プロフィール、セッション、アプリケーション、アクティビティ、秘密の値を除くサインイン方法など、保存されているすべての情報を 1 つのファイルにまとめます。もう一度サインインが必要な場合があります。',
  download: 'ダウンロード',
  deleteHeading: 'アカウントを削除',
  deleteLead: 'アカウントと保存されているすべての情報を完全に削除します。',
  deleteEllipsis: 'アカウントを削除…',
  deletionOff: 'ここではアカウントの削除は管理者が行います。管理者にお問い合わせください。',
  lastAdministrator:
    'あなたは唯一の管理者です。先に {people} で別の人を管理者にしてください。そうしないとアカウントを管理できる人がいなくなります。',
  people: 'ユーザー',
  question: 'アカウントを削除しますか？',
  back: '戻る',
  everythingGoes: 'プロフィール、サインイン方法、セッション、アプリケーションへの許可はただちに削除されます。',
  applicationsAreTold:
    'アプリケーションにはサインアウトが通知されます。アプリケーションが持つ情報は残ります。削除をご希望の場合は、アプリケーションの運営者にお問い合わせください。',
  recordStays: 'このアカウントの操作記録は、保存期間が終わるまで管理者のもとに残ります。',
  forGood: '元に戻すことはできません。あなたの識別子がほかの人に使われることはありません。',
  typeName: '続けるにはユーザー名 {username} を入力してください',
  notTheName: 'ユーザー名が違います。何も削除していません。',
  delete: '完全に削除',
  keep: 'アカウントを残す',
  deleted: 'アカウントを削除しました',
  deletedLead: '管理者のもとに操作記録が残るほかは、何も残っていません。',
  nothingHere: '表示するものはありません',
  toTheStart: 'トップページへ',
  mailSubject: 'アカウントを削除しました',
  mailText:
    '{house} のアカウント {username} はご依頼により削除されました。お心当たりがない場合は、すぐに管理者へ連絡してください。',
};
