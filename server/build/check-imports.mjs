// @ts-check
// Checks the directions of imports. Fails when a rule is broken, and also when the checker looked
// at no module of ours: it is then misconfigured, and its green would mean nothing.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import configuration from '../../.dependency-cruiser.mjs'

process.chdir(process.argv[2] ?? path.resolve(import.meta.dirname, '../..'))

const roots = ['lib', 'server', 'app', 'components', 'examples', 'test', 'e2e'].filter((folder) =>
  existsSync(folder),
)
const { forbidden, options } = configuration
const result = await cruise(
  roots,
  /** @type {import('dependency-cruiser').ICruiseOptions} */ ({
    ...options,
    ruleSet: { forbidden },
    validate: true,
  }),
  undefined,
  { tsConfig: extractTSConfig(path.resolve('tsconfig.json')) },
)
if (typeof result.output === 'string') throw new Error('The import checker gave no result.')

const { modules, summary } = result.output
const typed = modules.filter(({ source }) => /^(lib|server|app|components)\/.*\.tsx?$/.test(source))
for (const { rule, from, to, cycle } of summary.violations) {
  const path = cycle?.length ? cycle.map(({ name }) => name).join(' -> ') : to
  console.error(`${rule.name}: ${from} -> ${path}`)
  const comment = forbidden.find(({ name }) => name === rule.name)?.comment
  if (comment) console.error(`  ${comment}.`)
}
console.log(
  `Imports: ${modules.length} modules (${typed.length} of ours in TypeScript), ` +
    `${summary.totalDependenciesCruised} imports, ${summary.violations.length} rules broken.`,
)
if (typed.length === 0)
  console.error('No TypeScript module was looked at: the check proves nothing.')
process.exitCode = typed.length === 0 || summary.violations.length > 0 ? 1 : 0
