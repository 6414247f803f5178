import type { Translation } from '../strings.js';

const fil: Translation = { reviewed: false };

export default fil;
