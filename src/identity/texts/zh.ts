import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  signInSubject: '登录 {house}',
  signInText: '有人（希望是您本人）想登录 {house}。请在索取验证码的页面输入此验证码，或打开链接。',
  signInLabel: '登录',
  signInClosing:
    '验证码和链接只能使用一次，有效期为 {minutes, plural, other {# 分钟}}。不要把验证码告诉任何人，即使对方自称代表我们。如果不是您索取的，无需理会。',
  resetSubject: '设置新密码',
  resetText: '有人（希望是您本人）为 {house} 的账户 {username} 请求设置新密码。',
  resetClosing:
    '链接只能使用一次，有效期为 {minutes, plural, other {# 分钟}}。如果不是您请求的，无需理会：密码不会改变。',
  confirmSubject: '确认您的电子邮箱',
  confirmText: '有人（希望是您本人）为 {house} 的账户填写了此邮箱。请在填写邮箱的页面输入此验证码，或打开链接。',
  confirmLabel: '确认邮箱',
  confirmClosing: '验证码和链接只能使用一次，有效期为 {hours, plural, other {# 小时}}。如果不是您本人，无需理会。',
  takenSubject: '您的邮箱被填写到另一个账户',
  takenText:
    '有人为 {house} 的另一个账户填写了此邮箱，但它已属于您的账户。没有任何变化。如果是您本人，请用此邮箱登录。',
  emailChangedSubject: '您的电子邮箱已更改',
  emailChangedText: '您在 {house} 的账户 {username} 的电子邮箱已更改为 {email}。',
  undoLabel: '撤销更改',
  undoClosing:
    '如果是您本人，无需理会。如果不是，请在 {days, plural, other {# 天}}内撤销：此邮箱将恢复，所有登录您账户的人都会被退出。',
  newDeviceSubject: '您的账户有新的登录',
  newDeviceText: '有人使用新的浏览器登录了您在 {house} 的账户 {username}。',
  newDeviceDetails: '时间：{time}\n浏览器：{device}\n网络地址：{address}',
  passwordChangedSubject: '您的密码已更改',
  passwordChangedText: '您在 {house} 的账户 {username} 的密码已更改。',
  passkeyAddedSubject: '已添加通行密钥',
  passkeyAddedText: '现在可以使用通行密钥“{name}”登录您在 {house} 的账户 {username}。',
  passkeyRemovedSubject: '已移除通行密钥',
  passkeyRemovedText: '通行密钥“{name}”已不能再用于登录您在 {house} 的账户 {username}。',
  secondFactorAddedSubject: '已设置第二步验证',
  secondFactorAddedText: '登录您在 {house} 的账户 {username} 现在需要第二步验证：{name}。',
  secondFactorRemovedSubject: '已移除第二步验证',
  secondFactorRemovedText: '登录您在 {house} 的账户 {username} 不再需要此第二步验证：{name}。',
  recoveryCodeUsedSubject: '已使用恢复代码',
  recoveryCodeUsedText: '有人使用恢复代码登录了您在 {house} 的账户 {username}。',
  providerLinkedSubject: '已关联另一个账户',
  providerLinkedText: '现在可以通过 {name} 登录您在 {house} 的账户 {username}。',
  providerUnlinkedSubject: '已取消关联另一个账户',
  providerUnlinkedText: '无法再通过 {name} 登录您在 {house} 的账户 {username}。',
  passkeyRefusedSubject: '一个通行密钥被拒绝',
  passkeyRefusedText:
    '有人试图使用通行密钥“{name}”登录您在 {house} 的账户 {username}。该密钥似乎存在副本，因此已被拒绝。',
  passkeyRefusedClosing: '即使是您本人操作，也请从账户中移除此通行密钥并添加新的。如果不是您本人，请告知管理员。',
  secondFactorsRemovedSubject: '您的第二步验证已全部移除',
  secondFactorsRemovedText:
    '管理员移除了您在 {house} 的账户 {username} 的全部第二步验证：身份验证器应用、通行密钥、恢复代码和受信任的设备。您已在所有位置退出登录。',
  secondFactorsRemovedClosing: '如果是您要求的，请登录并重新设置第二步验证。如果不是，请告知管理员。',
  accountLabel: '查看您的账户',
  noticeClosing:
    '如果是您本人，无需理会。如果不是，请在登录页面点击“忘记密码？”设置新密码：这会退出所有登录。并请告知管理员。',
};
