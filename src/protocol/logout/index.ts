/**
 * What OpenID Connect says of signing out: the request of RP-Initiated Logout, how clients hear that a session has
 * ended (back channel, front channel, session management), and what a person is told of all that.
 */
export { deliverLogoutTokens } from './back-channel.ts';
export { frontChannelUrl } from './front-channel.ts';
export { type LogoutRequest, parseLogoutRequest } from './logout-request.ts';
export {
  type EndedSession,
  listClientsOfSession,
  type ReceiptEntry,
  readReceipt,
  readReceiptElsewhere,
} from './receipt.ts';
export { browserState, sessionStateOf } from './session-state.ts';
