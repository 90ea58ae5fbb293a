// Imports go one way (README, "How it is built"):
//   protocol <- view <- components <- app
//   protocol <- redis <- cfn-loop <- commands <- server, app/api
// app and server never import each other; they meet in lib/runtime.

/** What each layer of `lib` may import besides itself and packages. */
const layers = {
  protocol: [],
  config: ['protocol'],
  view: ['protocol'],
  observability: ['protocol', 'config'],
  redis: ['protocol', 'config'],
  auth: ['protocol', 'config', 'redis'],
  notifications: ['protocol', 'config', 'redis', 'auth'],
  'cfn-loop': ['protocol', 'config', 'redis', 'observability'],
  commands: ['protocol', 'config', 'redis', 'observability', 'cfn-loop', 'auth', 'view'],
  runtime: ['protocol', 'config', 'view', 'redis', 'observability', 'cfn-loop', 'auth', 'commands'],
}

const layerRules = Object.entries(layers).map(([layer, may]) => ({
  name: `lib/${layer}`,
  comment: `lib/${layer} may import only ${[layer, ...may].join(', ')}`,
  severity: 'error',
  from: { path: `^lib/${layer}/` },
  to: {
    path: '^(lib|app|components|server|test|e2e|examples)/',
    pathNot: `^lib/(${[layer, ...may].join('|')})/`,
  },
}))

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing is checked by no other rule',
      severity: 'error',
      // Types and assets of the framework are known to its own compiler only.
      from: { path: '^(lib|server|app|components)/' },
      to: { couldNotResolve: true, pathNot: '\\.(css|svg|png)$' },
    },
    {
      name: 'lib-layers-known',
      comment: 'A new folder in lib needs a place in the order of layers first',
      severity: 'error',
      from: {},
      to: { path: '^lib/[^/]+/', pathNot: `^lib/(${Object.keys(layers).join('|')})/` },
    },
    ...layerRules,
    {
      name: 'index-is-the-surface',
      comment: 'lib/index.ts is for users of the package; inside, import the file itself',
      severity: 'error',
      from: { path: '^(lib|app|components)/' },
      to: { path: '^lib/index\\.ts$' },
    },
    {
      name: 'components-stay-in-the-browser',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '^(lib/(redis|cfn-loop|commands|auth|config|runtime|observability)|server|app)/',
      },
    },
    {
      name: 'components-never-reach-the-core',
      comment: 'Not even through others: it would end up in the browser',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(lib/(redis|cfn-loop)|server)/', reachable: true },
    },
    {
      name: 'pages-stay-thin',
      comment: 'Pages show; what changes the world is done by app/api through commands',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/api/' },
      to: { path: '^lib/(redis|cfn-loop|commands)/' },
    },
    {
      name: 'app-not-server',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^server/' },
    },
    {
      name: 'server-not-app',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'product-not-test',
      severity: 'error',
      from: { path: '^(app|components|lib|server|examples)/' },
      to: { path: '^(test|e2e)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Type-only imports count: a layer that knows another's types depends on it.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|dist|\\.signalbox)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
