import { formatNumber } from '../formats.js';
import type { Translation } from '../strings.js';

const n = (count: number): string => formatNumber('fil', count);

/** Filipino, polite ("po" only where it sounds natural), with the English words that people use in chats. */
const fil: Translation = {
  reviewed: false,

  launcher: 'Makipag-chat sa amin',
  unread: (count) => `${n(count)} bagong mensahe`,

  panelTitle: 'Makipag-chat sa amin',
  close: 'Isara ang chat',
  menu: 'Iba pang opsyon',
  newConversation: 'Magsimula ng bagong chat',
  endConversation: 'Tapusin ang chat na ito',
  language: 'Wika',

  connecting: 'Kumokonekta…',
  connected: 'Nakakonekta',
  reconnecting: 'Kumokonekta ulit…',
  offline: 'Wala kayong internet',
  closed: 'Tapos na ang chat',
  failed: 'Hindi nakakonekta',

  tryNow: 'Subukan ngayon',
  tryAgain: 'Subukan ulit',
  useHere: 'Gamitin dito',
  dismiss: 'Itago',

  emergency: 'Emergency ba ito? Tumawag sa 911.',
  disclosure: 'AI na katulong ang kausap ninyo, hindi tao. Maaari itong magkamali.',
  humanContact: 'Para makausap ang isang tao, tumawag sa inyong klinika.',

  log: 'Mga mensahe',
  emptyTitle: 'Paano kami makakatulong?',
  emptyText: 'Sumulat ng mensahe para magsimula.',
  historyLoading: 'Kinukuha ang mga dati ninyong mensahe…',
  showEarlier: 'Ipakita ang mga dating mensahe',
  newMessages: (count) => `${n(count)} bagong mensahe`,
  jumpToLatest: 'Pumunta sa pinakabagong mensahe',
  logHint: 'Gamitin ang mga arrow key para lumipat sa bawat mensahe.',
  today: 'Ngayong araw',
  yesterday: 'Kahapon',

  you: 'Kayo',
  agent: 'AI na katulong',
  system: 'Paalala',
  messageName: (author, time) => `${author}, ${time}`,
  messageOptions: 'Mga opsyon sa mensahe',
  aboutMessage: (beginning) => `: “${beginning}”`,
  incomplete: 'Naputol ang sagot na ito.',
  provisional: 'Inihahanda pa ang buong sagot.',
  copy: 'Kopyahin',
  copied: 'Nakopya na',
  opensNewTab: 'bubukas sa bagong tab',
  table: 'Talahanayan',
  codeBlock: 'Code',
  typing: 'Nagsusulat ang AI na katulong…',
  stillWorking: 'Ginagawa pa ito ng AI na katulong…',
  stopped: 'Itinigil ninyo ang sagot na ito.',
  image: (alt) => (alt ? `Larawan: ${alt}` : 'Larawan'),

  queued: 'Naghihintay na maipadala',
  sent: 'Naipadala',
  checking: 'Tinitingnan kung dumating ang mensahe…',
  unconfirmed: 'Hindi namin alam kung dumating ang mensaheng ito.',
  delivered: 'Natanggap',
  notSent: 'Hindi naipadala',
  dontSend: 'Huwag ipadala',
  edit: 'Baguhin',
  sendAgain: 'Ipadala ulit',
  checkNow: 'Tingnan ngayon',
  itArrived: 'Dumating na',
  askAgain: 'Magtanong ulit',

  toolRunning: (name) => `Ginagawa: ${name}`,
  toolSucceeded: (name) => `Tapos na: ${name}`,
  toolFailed: (name) => `Hindi gumana: ${name}`,
  toolFinished: (name) => `Natapos: ${name}`,
  toolDetails: 'Mga detalye',
  toolInput: 'Ipinadala',
  toolResult: 'Resulta',

  composerLabel: 'Ang inyong mensahe',
  composerPlaceholder: 'Sumulat ng mensahe',
  composerHint: 'Pindutin ang Enter para ipadala, Shift at Enter para sa bagong linya.',
  send: 'Ipadala',
  stop: 'Itigil ang sagot',
  charactersLeft: (count) => `${n(count)} karakter pa ang puwede`,
  charactersOver: (count) => `Sobra ng ${n(count)} karakter`,

  noteEnded: 'Tapos na ang chat na ito.',
  noteResumedThread: 'Dito nagpapatuloy ang dati ninyong chat.',
  noteNewThread: 'Dito nagsisimula ang bagong chat.',
  noteHandover: 'Ipinasa ang inyong chat sa pangkat na nangangalaga sa inyo.',
  noteIdle: 'Nakahinto muna ang chat. Sumulat ng mensahe para magpatuloy.',

  sayReplying: 'Sumasagot ang AI na katulong.',
  saySent: 'Naipadala ang mensahe.',
  sayQueued: 'Naghihintay na maipadala ang inyong mensahe.',
  sayNotSent: 'Hindi naipadala ang inyong mensahe.',
  sayUnconfirmed: 'Hindi kami sigurado kung dumating ang inyong mensahe.',
  sayReply: (text) => `AI na katulong: ${text}`,
  sayLongReply: (beginning) =>
    `AI na katulong: ${beginning} Mahaba ang sagot na ito. Pumunta sa mga mensahe para mabasa ang lahat.`,
  sayStopped: 'Itinigil ang sagot.',
  sayUnread: (count) => `May ${n(count)} bagong mensahe sa chat.`,
  sayConnected: 'Nakakonekta na ang chat.',
  sayReconnecting: 'Nawala ang koneksyon. Sinusubukan namin ulit.',
  sayOffline: 'Wala kayong internet.',

  errors: {
    'missing-attribute': (subject) => [
      `Hindi pa handa ang chat na ito: kulang ang “${subject}”.`,
      `Idagdag ang “${subject}” sa tag na amigo-chat.`,
    ],
    'invalid-attribute': (subject) => [
      `Mali ang pagkakaayos ng chat na ito: hindi tama ang halaga ng “${subject}”.`,
      `Ayusin ang “${subject}” sa tag na amigo-chat.`,
    ],
    'missing-token-source': [
      'Hindi pa handa ang chat na ito: walang paraan para mag-sign in.',
      'Idagdag ang “token-url” o “getToken” sa tag na amigo-chat.',
    ],
    'no-websocket': [
      'Masyadong luma ang inyong browser para sa chat na ito.',
      'I-update ito, o tumawag sa inyong klinika.',
    ],
    'blocked-by-policy': [
      'Hindi pinapayagan ng pahinang ito na kumonekta ang chat.',
      'Sa ngayon, tumawag sa inyong klinika.',
    ],
    'token-failed': ['Hindi namin kayo na-sign in sa chat.', 'Maghintay sandali, saka subukan ulit.'],
    'token-timeout': ['Masyadong matagal ang pag-sign in.', 'Subukan ulit.'],
    'token-invalid': ['Hindi gumana ang pag-sign in.', 'I-reload ang pahina, o tumawag sa inyong klinika.'],
    'signed-out': ['Naka-sign out kayo.', 'Mag-sign in ulit para ituloy ang chat.'],
    'origin-refused': [
      'Hindi magagamit ang chat sa pahinang ito.',
      'Buksan ito mula sa pangunahing site ng inyong klinika.',
    ],
    forbidden: [
      'Wala kayong access sa chat na ito.',
      'Kung sa tingin ninyo ay mali ito, tumawag sa klinika.',
    ],
    'could-not-connect': [
      'Hindi kami makakonekta.',
      'Tingnan ang inyong internet. Patuloy naming susubukan.',
    ],
    'connection-lost': ['Nawala ang koneksyon.', 'Sinusubukan naming ibalik ito.'],
    offline: ['Wala kayong internet.', 'Tingnan ang inyong koneksyon. Puwede pa rin kayong sumulat.'],
    'server-unavailable': ['Hindi gumagana ang chat ngayon.', 'Susubukan namin ulit mamaya.'],
    'server-error': ['May nangyaring mali sa panig namin.', 'Subukan ulit pagkalipas ng isang minuto.'],
    'too-many-connections': ['Maraming gumagamit ng chat.', 'Maghintay sandali. Susubukan namin ulit.'],
    'open-elsewhere': [
      'Bukas ang chat na ito sa ibang window.',
      'Gamitin ito rito, o magsimula ng bagong chat.',
    ],
    'refused-request': ['Hindi masimulan ang chat.', 'I-reload ang pahina, o tumawag sa inyong klinika.'],
    'not-found': ['Hindi namin makita ang serbisyong chat na ito.', 'Tumawag sa inyong klinika.'],
    'conversation-not-found': ['Hindi namin makita ang chat na ito.', 'Puwede kayong magsimula ng bago.'],
    'policy-violation': [
      'Isinara ang chat para sa kaligtasan.',
      'Kung kailangan ninyo ng tulong, tumawag sa inyong klinika.',
    ],
    'closed-by-server': ['Isinara ang chat.', 'Subukan ulit na buksan ito.'],
    'unreadable-frames': ['Hindi namin mabasa ang bahagi ng sagot.', 'Kung may kulang, magtanong ulit.'],
    'message-blank': ['Walang laman ang inyong mensahe.', 'Sumulat muna ng kahit ano.'],
    'message-too-long': ['Masyadong mahaba ang inyong mensahe.', 'Paikliin ito, o ipadala nang hati-hati.'],
    'message-refused': ['Hindi maipadala ang inyong mensahe.', 'Baguhin ito at ipadala ulit.'],
    'reply-failed': ['Hindi natuloy ang sagot.', 'Itanong ulit.'],
    'reply-interrupted': ['Naputol ang sagot.', 'Hinahanap namin ang natitira.'],
    'reply-timeout': ['Masyadong matagal ang sagot.', 'Maghintay ng isang minuto, saka magtanong ulit.'],
    'reply-too-long': ['Masyadong mahaba ang sagot para ipakita.', 'Humingi ng mas maikli.'],
    'history-unavailable': [
      'Hindi namin makuha ang mga dati ninyong mensahe.',
      'Puwede pa rin kayong sumulat ng bago.',
    ],
  },
};

export default fil;
