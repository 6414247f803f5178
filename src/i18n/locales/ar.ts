import type { Translation } from '../strings.js';

const ar: Translation = { reviewed: false };

export default ar;
