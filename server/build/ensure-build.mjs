// @ts-check
// Playwright's global setup: browser tests run against what is in the sources now.
import { buildAll, isBuildFresh } from './build-all.mjs'

export default async function ensureBuild() {
  if (isBuildFresh()) return
  await buildAll((note) => note && console.log(`Building ${note} …`))
}
