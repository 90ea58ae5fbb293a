// @ts-check

/** @type {Record<string, string>} */
const problems = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'a file stands where a folder has to be',
}

/**
 * What a user can mend of an error of the file system, as a sentence.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function fileProblem(error) {
  if (!(error instanceof Error)) return undefined
  const { code = '', path } = /** @type {NodeJS.ErrnoException} */ (error)
  const problem = problems[code]
  if (problem === undefined || path === undefined) return undefined
  return `${path} cannot be used: ${problem}. Mend that, or name another folder for data and secrets with SIGNALBOX_DATA_DIR.`
}
