import { counter } from '../plural.js';
import type { Translation } from '../strings.js';

const n = counter('pt-BR');

/** Portuguese as spoken in Brazil; patients are addressed as "você". */
const ptBR: Translation = {
  reviewed: false,

  launcher: 'Fale conosco',
  unread: (count) => n(count, { one: 'nova mensagem', other: 'novas mensagens' }),

  panelTitle: 'Fale conosco',
  close: 'Fechar a conversa',
  menu: 'Mais opções',
  newConversation: 'Começar outra conversa',
  endConversation: 'Encerrar esta conversa',
  language: 'Idioma',

  connecting: 'Conectando…',
  connected: 'Conectado',
  reconnecting: 'Conectando de novo…',
  offline: 'Você está sem internet',
  closed: 'Conversa encerrada',
  failed: 'Sem conexão',

  tryNow: 'Tentar agora',
  tryAgain: 'Tentar de novo',
  useHere: 'Usar aqui',
  dismiss: 'Dispensar',

  emergency: 'É uma emergência? Ligue para 911.',
  disclosure: 'Você está conversando com um assistente de IA, não com uma pessoa. Ele pode errar.',
  humanContact: 'Para falar com uma pessoa, ligue para a sua clínica.',

  log: 'Mensagens',
  emptyTitle: 'Como podemos ajudar?',
  emptyText: 'Escreva uma mensagem para começar.',
  historyLoading: 'Carregando suas mensagens anteriores…',
  showEarlier: 'Ver mensagens anteriores',
  newMessages: (count) => n(count, { one: 'nova mensagem', other: 'novas mensagens' }),
  jumpToLatest: 'Ir para a mensagem mais recente',
  logHint: 'Use as setas do teclado para ir de uma mensagem a outra.',
  today: 'Hoje',
  yesterday: 'Ontem',

  you: 'Você',
  agent: 'Assistente de IA',
  system: 'Aviso',
  messageName: (author, time) => `${author}, ${time}`,
  messageOptions: 'Opções da mensagem',
  aboutMessage: (beginning) => `: “${beginning}”`,
  incomplete: 'Esta resposta foi cortada.',
  provisional: 'A resposta completa ainda está sendo preparada.',
  copy: 'Copiar',
  copied: 'Copiado',
  opensNewTab: 'abre em outra aba',
  table: 'Tabela',
  codeBlock: 'Código',
  typing: 'O assistente de IA está escrevendo…',
  stillWorking: 'O assistente de IA ainda está trabalhando nisso…',
  stopped: 'Você parou esta resposta.',
  image: (alt) => (alt ? `Imagem: ${alt}` : 'Imagem'),

  queued: 'Esperando para enviar',
  sent: 'Enviada',
  checking: 'Verificando se esta mensagem chegou…',
  unconfirmed: 'Não sabemos se esta mensagem chegou.',
  delivered: 'Entregue',
  notSent: 'Não enviada',
  dontSend: 'Não enviar',
  edit: 'Editar',
  sendAgain: 'Enviar de novo',
  checkNow: 'Verificar agora',
  itArrived: 'Chegou',
  askAgain: 'Perguntar de novo',

  toolRunning: (name) => `Em andamento: ${name}`,
  toolSucceeded: (name) => `Pronto: ${name}`,
  toolFailed: (name) => `Não funcionou: ${name}`,
  toolFinished: (name) => `Concluído: ${name}`,
  toolDetails: 'Detalhes',
  toolInput: 'Enviado',
  toolResult: 'Resultado',

  composerLabel: 'Sua mensagem',
  composerPlaceholder: 'Escreva uma mensagem',
  composerHint: 'Pressione Enter para enviar; Shift e Enter para uma nova linha.',
  send: 'Enviar',
  stop: 'Parar a resposta',
  charactersLeft: (count) => n(count, { one: 'caractere restante', other: 'caracteres restantes' }),
  charactersOver: (count) => n(count, { one: 'caractere a mais', other: 'caracteres a mais' }),

  noteEnded: 'Esta conversa foi encerrada.',
  noteResumedThread: 'Sua conversa anterior continua aqui.',
  noteNewThread: 'Uma nova conversa começa aqui.',
  noteHandover: 'Sua conversa foi passada para a equipe de saúde.',
  noteIdle: 'A conversa está em pausa. Escreva uma mensagem para continuar.',

  sayReplying: 'O assistente de IA está respondendo.',
  saySent: 'Mensagem enviada.',
  sayQueued: 'Sua mensagem está esperando para ser enviada.',
  sayNotSent: 'Sua mensagem não foi enviada.',
  sayUnconfirmed: 'Não sabemos se sua mensagem chegou.',
  sayReply: (text) => `Assistente de IA: ${text}`,
  sayLongReply: (beginning) =>
    `Assistente de IA: ${beginning} A resposta é longa. Vá até as mensagens para ler tudo.`,
  sayStopped: 'Resposta parada.',
  sayUnread: (count) => `${n(count, { one: 'nova mensagem', other: 'novas mensagens' })} na conversa.`,
  sayConnected: 'Conversa conectada.',
  sayReconnecting: 'A conexão caiu. Estamos tentando de novo.',
  sayOffline: 'Você está sem internet.',

  errors: {
    'missing-attribute': (subject) => [
      `Esta conversa ainda não está configurada: falta “${subject}”.`,
      `Adicione “${subject}” à tag amigo-chat.`,
    ],
    'invalid-attribute': (subject) => [
      `Esta conversa não está bem configurada: o valor de “${subject}” não é válido.`,
      `Corrija “${subject}” na tag amigo-chat.`,
    ],
    'missing-token-source': [
      'Esta conversa ainda não está configurada: não há como entrar nela.',
      'Adicione “token-url” ou “getToken” à tag amigo-chat.',
    ],
    'no-websocket': [
      'Seu navegador é antigo demais para esta conversa.',
      'Atualize-o ou ligue para a sua clínica.',
    ],
    'blocked-by-policy': [
      'Esta página não deixa a conversa se conectar.',
      'Por enquanto, ligue para a sua clínica.',
    ],
    'token-failed': ['Não conseguimos iniciar sua sessão.', 'Espere um momento e tente de novo.'],
    'token-timeout': ['O início da sessão demorou demais.', 'Tente de novo.'],
    'token-invalid': [
      'O início da sessão não funcionou.',
      'Recarregue a página ou ligue para a sua clínica.',
    ],
    'signed-out': ['Sua sessão foi encerrada.', 'Entre de novo para continuar a conversa.'],
    'origin-refused': [
      'A conversa não pode ser usada nesta página.',
      'Abra-a no site principal da sua clínica.',
    ],
    forbidden: ['Você não tem acesso a esta conversa.', 'Se acha que é um erro, ligue para a sua clínica.'],
    'could-not-connect': ['Não conseguimos conectar.', 'Verifique sua internet. Vamos continuar tentando.'],
    'connection-lost': ['A conexão caiu.', 'Estamos tentando recuperá-la.'],
    offline: ['Você está sem internet.', 'Verifique sua conexão. Você pode continuar escrevendo.'],
    'server-unavailable': ['A conversa não está funcionando agora.', 'Tentaremos de novo em breve.'],
    'server-error': ['Algo deu errado do nosso lado.', 'Tente de novo em um minuto.'],
    'too-many-connections': [
      'Há muita gente usando a conversa.',
      'Espere um pouco. Tentaremos de novo em breve.',
    ],
    'open-elsewhere': ['Esta conversa está aberta em outra janela.', 'Use-a aqui ou comece uma nova.'],
    'refused-request': [
      'Não foi possível começar a conversa.',
      'Recarregue a página ou ligue para a sua clínica.',
    ],
    'not-found': ['Não encontramos este serviço de conversa.', 'Ligue para a sua clínica.'],
    'conversation-not-found': ['Não encontramos esta conversa.', 'Você pode começar uma nova.'],
    'policy-violation': [
      'A conversa foi fechada por segurança.',
      'Se precisar de ajuda, ligue para a sua clínica.',
    ],
    'closed-by-server': ['A conversa foi fechada.', 'Tente de novo para abri-la.'],
    'unreadable-frames': ['Não conseguimos ler parte da resposta.', 'Se faltar algo, pergunte de novo.'],
    'message-blank': ['Sua mensagem está vazia.', 'Escreva algo primeiro.'],
    'message-too-long': ['Sua mensagem é longa demais.', 'Encurte-a ou envie em partes.'],
    'message-refused': ['Não foi possível enviar sua mensagem.', 'Mude-a e envie de novo.'],
    'reply-failed': ['A resposta não funcionou.', 'Faça sua pergunta de novo.'],
    'reply-interrupted': ['A resposta foi cortada.', 'Estamos procurando o resto.'],
    'reply-timeout': ['A resposta demorou demais.', 'Espere um minuto e pergunte de novo.'],
    'reply-too-long': ['A resposta é longa demais para mostrar.', 'Peça uma mais curta.'],
    'history-unavailable': [
      'Não conseguimos carregar suas mensagens antigas.',
      'Você ainda pode escrever novas.',
    ],
  },
};

export default ptBR;
