import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const ja: Texts<typeof en> = {
  openid: '次回以降にあなたを認識する',
  profile: '名前とプロフィールを見る',
  email: 'メールアドレスを見る',
  address: '住所を見る',
  phone: '電話番号を見る',
  groups: '所属するグループを見る',
  offline_access: '不在のときもこのアクセスを保つ',
  useScope: '{scope} を使う',
  isNew: '新規',
  yourPicture: '画像',
  willBeAble: '許可すると、アプリケーションは次のことができます：',
  onlyIfTicked: '次のことは、チェックを付けた場合だけできます：',
  willCall: 'あなたに代わって次を呼び出します：',
  willNot: 'アプリケーションに渡されないもの：',
  yourPassword: 'パスワード',
  yourProfile: '名前とプロフィール',
  yourEmail: 'メールアドレス',
  yourAddress: '住所',
  yourPhone: '電話番号',
  yourGroups: 'グループ',
  yourAbsence: '不在時のアクセス',
  website: 'ウェブサイト',
  privacyPolicy: 'プライバシーポリシー',
  termsOfService: '利用規約',
  selfDescribed:
    'このアプリケーションは、ここでは誰も登録していません。{source} で自らを説明しています。ご存じの場合だけ許可してください。',
  selfDescribedTo:
    'このアプリケーションは、ここでは誰も登録していません。{source} で自らを説明しており、あなたは {destination} に移動します。両方ともご存じの場合だけ許可してください。',
};
