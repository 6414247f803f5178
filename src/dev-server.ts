/**
 * The Amigo-compatible development server as a package entry, for a portal's own tests and demos. It runs in
 * Node only, and shares no code with the widget.
 */
export * from '../demo/server/index.js';
