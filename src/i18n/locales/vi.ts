import type { Translation } from '../strings.js';

const vi: Translation = { reviewed: false };

export default vi;
