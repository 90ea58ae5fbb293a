/** What a child process can be asked for, by name. `prepare` comes first, `close` last. */
export type Part = Readonly<Record<string, (args: never) => unknown>>
