/** Defines `<amigo-chat>`, unless another copy has; exports its class, events and types. */
import { AmigoChat } from './amigo-chat.js';
import { define } from './lib/define.js';

export * from './element.js';

define('amigo-chat', AmigoChat);
