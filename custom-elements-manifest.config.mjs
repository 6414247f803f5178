/** The manifest describes what the package exports: the parts inside <amigo-chat> are not public. */
export default {
  globs: [
    // The classes that <amigo-chat> is made of: it has what they have.
    'src/{amigo-chat,chat-commands,chat-properties,classic-properties}.ts',
    'src/{element,index,public-events}.ts',
  ],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [{ name: 'amigo-chat:built-paths', packageLinkPhase: nameBuiltFiles }],
};

/** Source paths become those that an importer can resolve. */
function nameBuiltFiles({ customElementsManifest }) {
  const built = (path) => (path === 'src/index.ts' ? 'dist/npm/index.js' : 'dist/npm/element.js');
  const rename = (node) => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const isPath = (key === 'path' || key === 'module') && typeof value === 'string';
      if (isPath && /^\/?src\//.test(value))
        node[key] = built(value.replace(/^\//, '').replace(/\.js$/, '.ts'));
      else rename(value);
    }
  };
  rename(customElementsManifest);
}
