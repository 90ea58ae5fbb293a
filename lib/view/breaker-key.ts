/** Which breaker it is, among all on the board: names are only told apart within an owner. */
export function breakerKey({ owner, name }: { owner: string; name: string }): string {
  return `${owner}:${name}`
}
