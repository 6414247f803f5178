import type { FaultDescription } from './fault.js';
import { choice, number, text } from './parameters.js';

/** What the sources disagree about in classic conversations (protocol §g). */
export const classicSettings = [
  {
    id: 'classic-close',
    title: 'C13: when the stream of a completed interaction is closed',
    group: 'classic',
    kind: 'setting',
    parameters: [
      choice('when', 'When', ['at-once', 'late', 'never'], 'at-once'),
      number('ms', 'Late: milliseconds', 3_000),
    ],
  },
  {
    id: 'classic-completion',
    title: 'C15: fields of interaction-complete',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('fields', 'Fields', ['full', 'bare'], 'full')],
  },
  {
    id: 'classic-errors',
    title: 'C16: fields of an error',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('fields', 'Fields', ['http-error-code', 'code-message'], 'http-error-code')],
  },
  {
    id: 'classic-fields',
    title: 'C17: fields of an interaction that are required, or refused',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('are', 'initial_message_type is', ['any', 'type-required', 'no-type'], 'any')],
  },
  {
    id: 'classic-voice',
    title: 'C18, C20: voice',
    group: 'classic',
    kind: 'setting',
    parameters: [
      choice('is', 'Voice is', ['refused', 'supported'], 'refused'),
      choice('body', 'Recordings come as', ['both', 'multipart', 'raw'], 'both'),
      choice('reply', 'Replies are', ['wav', 'mp3', 'pcm'], 'wav'),
    ],
  },
  {
    id: 'classic-accept',
    title: 'C20: whether Accept may ask for audio',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('audio', 'audio/* is', ['refused', 'accepted'], 'refused')],
  },
  {
    id: 'classic-actions',
    title: 'C21: shape of current-agent-action',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('shape', 'Shape', ['object', 'string', 'unasked', 'none'], 'object')],
  },
  {
    id: 'classic-transcript',
    title: 'C23: user-message-available when a conversation is created',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('at_create', 'At create', ['without', 'with'], 'without')],
  },
  {
    id: 'classic-active',
    title: 'C24: a second conversation while one is unfinished',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('second', 'Gets', ['by-state', '400', '409', 'allowed'], 'by-state')],
  },
  {
    id: 'classic-empty-finish',
    title: 'C25: finishing a conversation in which the user said nothing',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('status', 'Answer', ['204', '400'], '204')],
  },
  {
    id: 'classic-alignment',
    title: 'C32: pairs of transcript_alignment',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('pairs', 'Pairs', ['none', 'text', 'schema'], 'none')],
  },
  {
    id: 'classic-limits',
    title: 'Rate limits a minute',
    group: 'classic',
    kind: 'setting',
    parameters: [choice('are', 'Are', ['ignored', 'kept'], 'ignored')],
  },
] as const satisfies readonly FaultDescription[];

/** What happens once in a classic conversation. */
export const classicFaults = [
  {
    id: 'classic-end',
    title: 'C14: the agent ends the conversation',
    group: 'classic',
    kind: 'fault',
    parameters: [choice('sign', 'Sign', ['completed', 'end-session', 'both'], 'completed')],
  },
  {
    id: 'action-too-long',
    title: 'C22: a filler while a tool runs',
    group: 'classic',
    kind: 'fault',
    parameters: [
      choice('where', 'Where', ['top', 'inside', 'both'], 'top'),
      text('filler', 'Filler', 'One moment, I am still looking.'),
    ],
  },
  {
    id: 'late-error',
    title: 'An error after the completion: the turn is kept',
    group: 'classic',
    kind: 'fault',
    parameters: [],
  },
] as const satisfies readonly FaultDescription[];
