import { counter } from '../plural.js';
import type { Translation } from '../strings.js';

const n = counter('fr');

/** French; patients are addressed as "vous". */
const fr: Translation = {
  reviewed: false,

  launcher: 'Discuter avec nous',
  unread: (count) => n(count, { one: 'nouveau message', other: 'nouveaux messages' }),

  panelTitle: 'Discuter avec nous',
  close: 'Fermer la discussion',
  menu: 'Plus d’options',
  newConversation: 'Commencer une nouvelle discussion',
  endConversation: 'Terminer cette discussion',
  language: 'Langue',

  connecting: 'Connexion…',
  connected: 'Connecté',
  reconnecting: 'Reconnexion…',
  offline: 'Vous êtes hors ligne',
  closed: 'Discussion terminée',
  failed: 'Non connecté',

  tryNow: 'Essayer maintenant',
  tryAgain: 'Réessayer',
  useHere: 'L’utiliser ici',
  checkAgain: 'Vérifier à nouveau',
  dismiss: 'Masquer',

  emergency: 'Est-ce une urgence ? Appelez le 911.',
  disclosure: 'Vous discutez avec un assistant IA, pas avec une personne. Il peut se tromper.',
  humanContact: 'Pour parler à une personne, appelez votre clinique.',

  log: 'Messages',
  emptyTitle: 'Comment pouvons-nous vous aider ?',
  emptyText: 'Écrivez un message pour commencer.',
  historyLoading: 'Chargement de vos messages précédents…',
  showEarlier: 'Afficher les messages précédents',
  newMessages: (count) => n(count, { one: 'nouveau message', other: 'nouveaux messages' }),
  jumpToLatest: 'Aller au message le plus récent',
  logHint: 'Utilisez les touches fléchées pour passer d’un message à l’autre.',
  today: 'Aujourd’hui',
  yesterday: 'Hier',

  you: 'Vous',
  agent: 'Assistant IA',
  system: 'Information',
  messageName: (author, time) => `${author}, ${time}`,
  messageOptions: 'Options du message',
  aboutMessage: (beginning) => ` : « ${beginning} »`,
  incomplete: 'Cette réponse a été coupée.',
  provisional: 'La réponse complète est en préparation.',
  copy: 'Copier',
  copied: 'Copié',
  opensNewTab: 's’ouvre dans un nouvel onglet',
  table: 'Tableau',
  codeBlock: 'Code',
  crossedOut: (text) => `(barré : ${text}, fin du texte barré)`,
  typing: 'L’assistant IA écrit…',
  stillWorking: 'L’assistant IA y travaille encore…',
  stopped: 'Vous avez arrêté cette réponse.',
  image: (alt) => (alt ? `Image : ${alt}` : 'Image'),

  queued: 'En attente d’envoi',
  sent: 'Envoyé',
  checking: 'Nous vérifions si ce message est arrivé…',
  unconfirmed: 'Nous ne savons pas si ce message est arrivé.',
  delivered: 'Reçu',
  notSent: 'Non envoyé',
  dontSend: 'Ne pas envoyer',
  edit: 'Modifier',
  sendAgain: 'Renvoyer',
  checkNow: 'Vérifier maintenant',
  itArrived: 'Il est arrivé',
  askAgain: 'Redemander',

  toolRunning: (name) => `En cours : ${name}`,
  toolSucceeded: (name) => `Fait : ${name}`,
  toolFailed: (name) => `N’a pas fonctionné : ${name}`,
  toolFinished: (name) => `Terminé : ${name}`,
  toolDetails: 'Détails',
  toolInput: 'Envoyé',
  toolResult: 'Résultat',

  unfinished: 'Vous avez une conversation non terminée. Voulez-vous la continuer ou recommencer ?',
  continueChat: 'Continuer',
  startOver: 'Recommencer',
  suggestions: 'Réponses suggérées',

  composerLabel: 'Votre message',
  composerPlaceholder: 'Écrivez un message',
  composerHint: 'Appuyez sur Entrée pour envoyer, sur Maj et Entrée pour aller à la ligne.',
  send: 'Envoyer',
  stop: 'Arrêter la réponse',
  charactersLeft: (count) => n(count, { one: 'caractère restant', other: 'caractères restants' }),
  charactersOver: (count) => n(count, { one: 'caractère en trop', other: 'caractères en trop' }),
  lockTitle: 'Discussion masquée',
  lockText: 'Nous avons masqué vos messages pour qu’ils restent privés.',
  lockSignIn: 'Reconnectez-vous pour voir votre discussion.',
  unlock: 'Afficher ma discussion',
  lockWarning:
    'Êtes-vous toujours là ? La discussion sera bientôt masquée. Appuyez sur une touche pour la garder ouverte.',
  keepOpen: 'Garder ouverte',
  consentTitle: 'Avant de commencer',
  consentText:
    'Vos messages vont au service de discussion de votre clinique. Un assistant IA y répond. Rien n’est envoyé avant votre accord. Vous pouvez aussi appeler votre clinique.',
  consentAgree: 'J’accepte et je veux discuter',
  consentDecline: 'Pas maintenant',

  approvalTitle: 'Vérifiez et confirmez, s’il vous plaît',
  approve: 'Approuver',
  reject: 'Refuser',

  noteApproved: 'Vous avez approuvé.',
  noteRejected: 'Vous avez refusé.',
  noteEnded: 'Cette discussion est terminée.',
  noteResumedThread: 'Votre discussion précédente continue ici.',
  noteNewThread: 'Une nouvelle discussion commence ici.',
  noteHandover: 'Votre discussion a été transmise à l’équipe soignante.',
  takenOver: 'Une personne de votre clinique prend le relais.',
  noteIdle: 'La discussion est en pause. Écrivez un message pour continuer.',

  sayReplying: 'L’assistant IA répond.',
  saySent: 'Message envoyé.',
  sayQueued: 'Votre message attend d’être envoyé.',
  sayNotSent: 'Votre message n’a pas été envoyé.',
  sayUnconfirmed: 'Nous ne savons pas si votre message est arrivé.',
  sayReply: (text) => `Assistant IA : ${text}`,
  sayLongReply: (beginning) =>
    `Assistant IA : ${beginning} La réponse est longue. Allez aux messages pour la lire en entier.`,
  sayStopped: 'Réponse arrêtée.',
  sayUnread: (count) =>
    `${n(count, { one: 'nouveau message', other: 'nouveaux messages' })} dans la discussion.`,
  sayConnected: 'Discussion connectée.',
  sayReconnecting: 'Connexion perdue. Nous réessayons.',
  sayOffline: 'Vous êtes hors ligne.',

  errors: {
    'missing-attribute': (subject) => [
      `Cette discussion n’est pas encore configurée : « ${subject} » manque.`,
      `Ajoutez « ${subject} » à la balise amigo-chat.`,
    ],
    'invalid-attribute': (subject) => [
      `Cette discussion est mal configurée : la valeur de « ${subject} » n’est pas valable.`,
      `Corrigez « ${subject} » dans la balise amigo-chat.`,
    ],
    'missing-token-source': [
      'Cette discussion n’est pas encore configurée : elle ne peut pas ouvrir de session.',
      'Ajoutez « token-url » ou « getToken » à la balise amigo-chat.',
    ],
    'no-websocket': [
      'Votre navigateur est trop ancien pour cette discussion.',
      'Mettez-le à jour ou appelez votre clinique.',
    ],
    'blocked-by-policy': [
      'Cette page ne permet pas à la discussion de se connecter.',
      'Pour l’instant, appelez votre clinique.',
    ],
    'token-failed': ['Nous n’avons pas pu ouvrir votre session.', 'Attendez un moment, puis réessayez.'],
    'token-timeout': ['L’ouverture de la session a pris trop de temps.', 'Réessayez.'],
    'token-invalid': [
      'L’ouverture de la session n’a pas fonctionné.',
      'Rechargez la page ou appelez votre clinique.',
    ],
    'signed-out': ['Votre session est fermée.', 'Reconnectez-vous pour continuer la discussion.'],
    'origin-refused': [
      'La discussion ne peut pas être utilisée sur cette page.',
      'Ouvrez-la depuis le site principal de votre clinique.',
    ],
    forbidden: ['Vous n’avez pas accès à cette discussion.', 'Si c’est une erreur, appelez votre clinique.'],
    'could-not-connect': [
      'Nous n’avons pas pu nous connecter.',
      'Vérifiez votre accès à Internet. Nous continuons d’essayer.',
    ],
    'connection-lost': ['La connexion est perdue.', 'Nous essayons de la rétablir.'],
    offline: ['Vous êtes hors ligne.', 'Vérifiez votre accès à Internet. Vous pouvez continuer à écrire.'],
    'server-unavailable': ['La discussion ne fonctionne pas en ce moment.', 'Nous réessayerons bientôt.'],
    'server-error': ['Un problème est survenu de notre côté.', 'Réessayez dans une minute.'],
    'too-many-connections': [
      'La discussion est très demandée.',
      'Attendez un peu. Nous réessayerons bientôt.',
    ],
    'open-elsewhere': [
      'Cette discussion est ouverte dans une autre fenêtre.',
      'Utilisez-la ici ou commencez-en une nouvelle.',
    ],
    'refused-request': [
      'La discussion n’a pas pu commencer.',
      'Rechargez la page ou appelez votre clinique.',
    ],
    'not-found': ['Nous n’avons pas trouvé ce service de discussion.', 'Appelez votre clinique.'],
    'conversation-not-found': [
      'Nous n’avons pas trouvé cette discussion.',
      'Vous pouvez en commencer une nouvelle.',
    ],
    'policy-violation': [
      'La discussion a été fermée par sécurité.',
      'Si vous avez besoin d’aide, appelez votre clinique.',
    ],
    'closed-by-server': ['La discussion a été fermée.', 'Réessayez pour la rouvrir.'],
    'unreadable-frames': [
      'Nous n’avons pas pu lire une partie de la réponse.',
      'S’il manque quelque chose, redemandez.',
    ],
    'message-blank': ['Votre message est vide.', 'Écrivez d’abord quelque chose.'],
    'message-too-long': [
      'Votre message est trop long.',
      'Raccourcissez-le ou envoyez-le en plusieurs parties.',
    ],
    'message-refused': ['Votre message n’a pas pu être envoyé.', 'Modifiez-le, puis renvoyez-le.'],
    'reply-failed': ['La réponse n’a pas fonctionné.', 'Posez votre question à nouveau.'],
    'reply-interrupted': ['La réponse a été coupée.', 'Nous cherchons la suite.'],
    'reply-timeout': ['La réponse a pris trop de temps.', 'Attendez une minute, puis redemandez.'],
    'reply-too-long': ['La réponse est trop longue pour être affichée.', 'Demandez-en une plus courte.'],
    'reply-delayed': [
      'La réponse complète prend plus de temps que d’habitude.',
      'Nous avons cessé de vérifier pour le moment.',
    ],
    'approval-failed': ['Nous n’avons pas pu transmettre votre décision.', 'Veuillez réessayer.'],
    'history-unavailable': [
      'Nous n’avons pas pu charger vos anciens messages.',
      'Vous pouvez en écrire de nouveaux.',
    ],
  },
};

export default fr;
