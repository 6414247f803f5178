import type { ErrorCode } from '../conversation/error.js';

/** What happened, and what the person can do about it: one plain sentence each. */
export type ErrorText = readonly [what: string, action: string];

/** Errors of the page's configuration: their sentence names the attribute. */
export type SubjectErrorCode = 'missing-attribute' | 'invalid-attribute';

/** The words for every error. */
export type ErrorStrings = Readonly<
  Record<Exclude<ErrorCode, SubjectErrorCode>, ErrorText> &
    Record<SubjectErrorCode, (subject: string) => ErrorText>
>;

/**
 * Every text the widget can show or say, in one language. Text with a blank in it is a function, so that
 * each language puts the blank where it belongs and picks its own plural.
 */
export interface Strings {
  /** Which of the languages inside the script it is, or is laid over. */
  readonly builtIn: 'en' | 'es';
  /**
   * Whether a qualified human translator has checked the catalogue. Until then the emergency line stays English
   * (45 CFR 92.201: critical text needs such a review), unless the page gives its own.
   */
  readonly reviewed: boolean;

  // launcher
  /** Name of the launcher; whether it opens or closes is told by its state. */
  readonly launcher: string;
  readonly unread: (count: number) => string;

  // panel and header
  /** Name of the panel's landmark, and the title where the page gives none. */
  readonly panelTitle: string;
  readonly close: string;
  readonly menu: string;
  readonly newConversation: string;
  readonly endConversation: string;

  // connection
  readonly connecting: string;
  readonly connected: string;
  readonly reconnecting: string;
  readonly offline: string;
  readonly closed: string;
  readonly failed: string;

  // banner
  readonly tryNow: string;
  readonly tryAgain: string;
  readonly useHere: string;
  /** Asks for an answer that takes long. */
  readonly checkAgain: string;
  readonly dismiss: string;

  // notices: shown at all times under the header
  readonly emergency: string;
  readonly disclosure: string;
  readonly humanContact: string;

  // message list
  readonly log: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly historyLoading: string;
  readonly showEarlier: string;
  readonly newMessages: (count: number) => string;
  readonly jumpToLatest: string;
  /** How to move in the log with the keyboard; read out when it takes the focus. */
  readonly logHint: string;
  readonly today: string;
  readonly yesterday: string;

  // message
  readonly you: string;
  readonly agent: string;
  readonly system: string;
  /** Name of a message: who and when. */
  readonly messageName: (author: string, time: string) => string;
  /** After the name of a button, for screen readers: the message it is about. */
  readonly aboutMessage: (beginning: string) => string;
  readonly incomplete: string;
  readonly provisional: string;
  readonly copy: string;
  readonly copied: string;
  /** Once a thumb was pressed. */
  readonly sayThanks: string;
  readonly opensNewTab: string;
  readonly table: string;
  readonly codeBlock: string;
  /** Around text of a reply that is struck through, for whoever hears or copies it: it does not hold any more. */
  readonly crossedOut: (text: string) => string;
  readonly typing: string;
  readonly stillWorking: string;
  readonly stopped: string;

  // delivery of what the person typed
  readonly queued: string;
  readonly sent: string;
  readonly checking: string;
  readonly unconfirmed: string;
  readonly delivered: string;
  readonly notSent: string;
  readonly dontSend: string;
  readonly edit: string;
  readonly sendAgain: string;
  readonly checkNow: string;
  readonly itArrived: string;
  readonly askAgain: string;

  // tool activity
  readonly toolRunning: (name: string) => string;
  readonly toolSucceeded: (name: string) => string;
  readonly toolFailed: (name: string) => string;
  /** The surface does not say how it went. */
  readonly toolFinished: (name: string) => string;
  readonly toolDetails: string;
  readonly toolInput: string;
  readonly toolResult: string;

  /** An unfinished chat was found: go on, or start over? */
  readonly unfinished: string;

  // composer
  readonly composerLabel: string;
  readonly composerPlaceholder: string;
  readonly composerHint: string;
  readonly send: string;
  readonly stop: string;
  readonly charactersLeft: (count: number) => string;
  readonly charactersOver: (count: number) => string;

  /** Title of an action that the person is asked to approve. */
  readonly approvalTitle: string;

  // lock screen, and the warnings before it and before the end
  readonly lockTitle: string;
  readonly lockText: string;
  readonly lockSignIn: string;
  readonly unlock: string;
  readonly lockWarning: string;
  /** A conversation that was left alone is about to be finished. */
  readonly finishWarning: string;
  readonly keepOpen: string;

  /** Title of what the person agrees to before anything connects. */
  readonly consentTitle: string;

  // notes in the flow of the conversation
  readonly noteApproved: string;
  readonly noteRejected: string;
  readonly noteEnded: string;
  readonly noteResumedThread: string;
  readonly noteNewThread: string;
  readonly noteHandover: string;
  /** After a hand-over, above the messages for as long as it lasts. */
  readonly takenOver: string;
  readonly noteIdle: string;

  // announcements for screen readers
  readonly sayReplying: string;
  readonly saySent: string;
  readonly sayQueued: string;
  readonly sayNotSent: string;
  readonly sayUnconfirmed: string;
  readonly sayReply: (text: string) => string;
  /** A long reply: its beginning, and how to read on. */
  readonly sayLongReply: (beginning: string) => string;
  readonly sayStopped: string;
  readonly sayUnread: (count: number) => string;
  readonly sayConnected: string;
  readonly sayReconnecting: string;
  readonly sayOffline: string;

  readonly errors: ErrorStrings;
}

/**
 * Texts of what is loaded on demand. Such a file brings its own in the languages inside the script (own-words.ts);
 * a catalogue that is loaded on demand itself has them all.
 */
export interface OnDemandStrings {
  // the rest of the menu
  readonly textSize: string;
  readonly smallerText: string;
  readonly largerText: string;
  readonly saveChat: string;
  /** Before a file is saved. */
  readonly saveWarning: string;
  readonly saveText: string;
  readonly saveData: string;
  readonly printChat: string;
  /** Before it is printed. */
  readonly printWarning: string;
  readonly print: string;
  /** Under saving and printing where the page may forbid it without telling. */
  readonly mayNotWork: string;
  /** The switch for all replies, and the button of one. */
  readonly readAloud: string;
  readonly readThis: string;
  readonly stopReading: string;
  /** Voices that are not the device's own would send the text away. */
  readonly noVoice: string;

  /** Name of the language picker. */
  readonly language: string;

  // names of the thumbs under a reply
  readonly helpful: string;
  readonly notHelpful: string;

  // what may become of an unfinished chat
  readonly continueChat: string;
  readonly startOver: string;

  /** Name of the list of suggested replies. */
  readonly suggestions: string;

  // an action that the person is asked to approve
  readonly approve: string;
  readonly reject: string;

  // what the person agrees to before anything connects
  readonly consentText: string;
  readonly consentAgree: string;
  readonly consentDecline: string;
}

/** Texts of the page's own, over the built-in ones. Single errors may be replaced too. */
export type StringOverrides = Partial<Omit<Strings, 'errors' | 'builtIn'> & OnDemandStrings> & {
  readonly errors?: Partial<ErrorStrings>;
};

/** A catalogue that is loaded on demand. What it lacks is shown in English. */
export type Translation = StringOverrides;

/** The catalogue with a page's own texts laid over it. */
export function mergeStrings(base: Strings, overrides: StringOverrides | undefined): Strings {
  if (!overrides) return base;
  return { ...base, ...overrides, errors: { ...base.errors, ...overrides.errors } };
}
