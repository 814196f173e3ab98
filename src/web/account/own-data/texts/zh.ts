import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  lead: '这里保存的有关您的信息。',
  downloadHeading: '下载我的数据',
  downloadLead:
    '一个文件，包含保存的有关您的全部信息：个人资料、会话、应用、活动记录，以及不含机密内容的登录方式。可能需要您重新登录。',
  download: '下载',
  deleteHeading: '删除我的账户',
  deleteLead: '永久删除您的账户以及保存的有关您的全部信息。',
  deleteEllipsis: '删除我的账户…',
  deletionOff: '此处的账户由管理员删除。请联系管理员。',
  lastAdministrator: '您是唯一的管理员。请先在 {people} 中将其他人设为管理员，否则将无人能够管理账户。',
  people: '人员',
  question: '要删除您的账户吗？',
  back: '返回',
  everythingGoes: '您的个人资料、登录方式、会话以及您授予应用的权限将立即删除。',
  applicationsAreTold: '应用会得知您已退出登录。它们会保留已知的有关您的信息；如需一并删除，请联系相应应用。',
  recordStays: '此账户的操作记录会由管理员保留至期限结束。',
  forGood: '此操作无法撤销。您的标识符不会再分配给任何人。',
  typeName: '要继续，请输入您的用户名 {username}',
  notTheName: '这不是您的用户名。没有删除任何内容。',
  delete: '永久删除',
  keep: '保留我的账户',
  deleted: '您的账户已删除',
  deletedLead: '除管理员保留的操作记录外，没有留下任何内容。',
  nothingHere: '这里没有内容',
  toTheStart: '前往首页',
  mailSubject: '您的账户已删除',
  mailText: '{house} 的账户 {username} 已按您的要求删除。如果这不是您本人的操作，请立即告知管理员。',
};
