import type { Translation } from '../strings.js';

const ht: Translation = { reviewed: false };

export default ht;
