// @ts-check
// `npm run up`: from a fresh clone to a control room in the browser. Needs nothing but Node: what
// it imports here comes with the project, never from node_modules.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Signalbox needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
const { launch } = await import('./launch.mjs')
await launch(process.argv.slice(2), { mode: 'up' })
