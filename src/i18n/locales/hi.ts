import type { Translation } from '../strings.js';

const hi: Translation = { reviewed: false };

export default hi;
