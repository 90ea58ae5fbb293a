/** What a child can do: its methods by name. */
export type Part = Readonly<Record<string, (args: never) => unknown>>
