import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  signInWithPasskey: 'Iniciar sessão com uma chave de acesso',
  usePasskey: 'Usar a sua chave de acesso',
  secondLead: 'Use uma chave de acesso desta conta: neste dispositivo, no telemóvel ou numa chave de segurança.',
  unused:
    'Não foi usada nenhuma chave de acesso. Tente de novo ou inicie sessão de outra forma. As chaves de acesso criadas para um endereço diferente de {host} não aparecem aqui.',
  notMade: 'Não foi criada nenhuma chave de acesso. Pode tentar de novo quando quiser.',
  present: 'Já existe uma chave de acesso para esta conta no local escolhido.',
  elsewhere: 'As chaves de acesso só funcionam em {host}. Abra esta página nesse endereço.',
  unsupported: 'Este navegador não suporta chaves de acesso. Escolha outra forma ou outro navegador.',
  unreachable: 'Não foi possível contactar o servidor. Recarregue esta página e tente de novo.',
  failed: 'Não resultou. Tente de novo ou escolha outra forma.',
  needsScripts: 'As chaves de acesso precisam de JavaScript, que não funciona neste navegador. Escolha outra forma.',
  tooOld: 'Demorou demasiado ou foi concluído noutro separador. Tente de novo.',
  notVerified:
    'O seu dispositivo não verificou que é mesmo você. Configure nele um PIN, uma impressão digital ou o reconhecimento facial, ou inicie sessão de outra forma.',
  refused:
    'Esta chave de acesso não foi aceite. Pode ter sido removida da sua conta ou criada para um endereço diferente de {host}. Inicie sessão de outra forma.',
  passkeys: 'Chaves de acesso',
  passkeysLead:
    'Com uma chave de acesso, inicia sessão com o bloqueio do seu dispositivo: impressão digital, rosto ou PIN. Ninguém a pode adivinhar e nenhum site falso lha pode tirar.',
  add: 'Adicionar uma chave de acesso',
  addLead:
    'O seu navegador pergunta onde a guardar: neste dispositivo, num gestor de palavras-passe, no telemóvel ou numa chave de segurança.',
  addSecond:
    'Depois, a sua palavra-passe sozinha já não basta: para iniciar sessão com ela será também precisa uma chave de acesso.',
  create: 'Criar a chave de acesso',
  name: 'Nome',
  addedAt: 'Adicionada',
  lastUsed: 'Última utilização',
  notUsedYet: 'Ainda não',
  keptIn: 'Guardada',
  oneDevice: 'Num só dispositivo',
  synced: 'Sincronizada entre dispositivos',
  madeFor: 'Criada para {host}',
  otherHost:
    'Este site está agora em {host}. As chaves de acesso criadas para um endereço anterior só funcionam lá: adicione uma nova e remova a antiga.',
  ipAddress:
    'As chaves de acesso precisam de um endereço com nome. Para um endereço IP como {host} nenhum navegador as cria; o seu administrador pode mudar isso.',
  actions: 'Ações',
  change: 'Alterar',
  save: 'Guardar',
  cancel: 'Cancelar',
  remove: 'Remover esta chave de acesso',
  removeHint: 'Deixará de ser aceite aqui. Elimine-a também no seu dispositivo ou no gestor de palavras-passe.',
  giveName: 'Dê um nome à chave de acesso.',
  lastWay:
    'Esta chave de acesso é a sua última forma de iniciar sessão. Adicione outra ou defina uma palavra-passe antes de a remover.',
  added: 'A chave de acesso «{name}» foi adicionada.',
  renamed: 'A chave de acesso chama-se agora «{name}».',
  removed: 'A chave de acesso «{name}» foi removida.',
  securityKey: 'Chave de segurança',
  passkey: 'Chave de acesso',
  offerHeading: 'Inicie sessão mais depressa da próxima vez',
  offer:
    'Com uma chave de acesso não precisa de palavra-passe: o seu dispositivo inicia a sessão com a impressão digital, o rosto ou um PIN.',
  notNow: 'Agora não',
};
