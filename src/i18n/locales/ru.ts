import type { Translation } from '../strings.js';

const ru: Translation = { reviewed: false };

export default ru;
