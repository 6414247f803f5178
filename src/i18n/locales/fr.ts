import type { Translation } from '../strings.js';

const fr: Translation = { reviewed: false };

export default fr;
