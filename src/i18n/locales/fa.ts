import type { Translation } from '../strings.js';

const fa: Translation = { reviewed: false };

export default fa;
