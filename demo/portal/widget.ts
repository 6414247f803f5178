/** What `import 'amigo-chat'` is to a portal; from the source here, so that a change shows at once. */
import '../../src/index.js';
