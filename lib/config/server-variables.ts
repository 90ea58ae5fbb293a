import { z } from 'zod'
import { isNetwork } from './networks'

/** One variable of the environment: what it may hold, what it is when nobody sets it, and what it is for. */
export interface Variable {
  readonly schema: z.ZodType
  /** As somebody would write it in a shell; undefined where there is none. */
  readonly default: string | undefined
  readonly help: string
}

const port = z.coerce.number().int().min(0).max(65_535)
const milliseconds = z.coerce.number().int().min(50).max(3_600_000)
const limit = z.coerce.number().int().min(1).max(1_000_000)
const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be a URL beginning with ${protocols.map((it) => `${it}//`).join(' or ')}`,
    )

/** `host:port`, several with commas between them. */
const places = (defaultPort: number) =>
  z.string().transform((text, context) =>
    text.split(',').map((place) => {
      const address = `redis://${place.trim()}`
      const parsed = URL.canParse(address) ? new URL(address) : undefined
      if (!parsed?.hostname || parsed.host !== place.trim().toLowerCase()) {
        context.addIssue({
          code: 'custom',
          message: 'must be `host:port`, several with commas between them',
        })
        return z.NEVER
      }
      return { host: bareHost(parsed), port: Number(parsed.port || defaultPort) }
    }),
  )

/** Of an IPv6 address without its brackets. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

/** Programs that a spawner starts, by swarm; `*` is for every other swarm. */
const spawnPrograms = z.record(
  z.string(),
  z.object({
    command: z.array(z.string().min(1)).min(1),
    cwd: z.string().optional(),
  }),
)
export type SpawnPrograms = z.infer<typeof spawnPrograms>

const jsonOf = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)

/** Every variable that the control room reads. The README's table is made from it. */
export const serverVariables = {
  HOST: {
    schema: z.string().min(1),
    default: '127.0.0.1',
    help: 'Address to listen on. Loopback, unless something with TLS stands in front.',
  },
  PORT: { schema: port, default: '3400', help: 'Port to listen on; 0 takes a free one.' },
  SIGNALBOX_URL: {
    schema: url('http:', 'https:').optional(),
    default: undefined,
    help: 'The address people open, when it is not http://HOST:PORT. With https: cookies are Secure.',
  },
  SIGNALBOX_PROXIES: {
    schema: z.coerce.number().int().min(0).max(10),
    default: '0',
    help: 'How many proxies stand in front and add to X-Forwarded-For. Limits go by the address they saw.',
  },
  REDIS_URL: {
    schema: url('redis:', 'rediss:').optional(),
    default: undefined,
    help: 'Redis 7.0 or newer, `redis://[user:password@]host:port[/database]`, or `rediss:` over TLS. Before REDIS_HOST.',
  },
  REDIS_HOST: { schema: z.string().min(1), default: '127.0.0.1', help: 'Host of Redis.' },
  REDIS_PORT: { schema: port.min(1), default: '6379', help: 'Port of Redis.' },
  REDIS_USERNAME: { schema: z.string().optional(), default: undefined, help: 'ACL user of Redis.' },
  REDIS_PASSWORD: { schema: z.string().optional(), default: undefined, help: 'Password of Redis.' },
  REDIS_SENTINELS: {
    schema: places(26_379).optional(),
    default: undefined,
    help: 'Sentinels that name the primary, `host:port` with commas between them, instead of one address.',
  },
  REDIS_SENTINEL_NAME: {
    schema: z.string().min(1),
    default: 'mymaster',
    help: 'What the Sentinels call it.',
  },
  REDIS_SENTINEL_PASSWORD: {
    schema: z.string().optional(),
    default: undefined,
    help: 'Password of the Sentinels, where they have one.',
  },
  SIGNALBOX_NAMESPACE: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional(),
    default: undefined,
    help: 'The namespace to show. Without one, the keys of `blocking:`.',
  },
  BLOCKING_COORDINATION_SECRET: {
    schema: z
      .string({
        error: 'is needed: the key that ACKs are signed with, shared with the coordinators',
      })
      .refine((text) => Buffer.byteLength(text, 'utf8') >= 32, 'must be at least 32 bytes long'),
    default: undefined,
    help: 'The key that ACKs are signed with, shared with the coordinators; at least 32 bytes.',
  },
  BLOCKING_COORDINATION_SECOND_SECRET: {
    schema: z
      .string()
      .refine((text) => Buffer.byteLength(text, 'utf8') >= 32, 'must be at least 32 bytes long')
      .optional(),
    default: undefined,
    help: 'While the secret is being replaced: the other one, whose ACKs are accepted as well. Replacements are told of it.',
  },
  BLOCKING_COORDINATION_REPLICAS: {
    schema: z.coerce.number().int().min(0).max(99),
    default: '0',
    help: 'What is accepted was stored by so many replicas of Redis as well. Replacements are told of it.',
  },
  SIGNALBOX_SWEEP_MS: {
    schema: milliseconds,
    default: '1000',
    help: 'Time between two looks at what ran out (lives, signals, votes), ms.',
  },
  SIGNALBOX_SPAWN: {
    schema: jsonOf(spawnPrograms).optional(),
    default: undefined,
    help: 'JSON: the program that a replacement runs, by swarm: `{"*":{"command":["node","worker.js"]}}`.',
  },
  SIGNALBOX_COORDINATOR_ENV: {
    schema: z.string().optional(),
    default: undefined,
    help: 'A file for `node --env-file` with all that a coordinator has to know; the launcher writes one, and an empty board names it.',
  },
  SIGNALBOX_PRIVATE_WEBHOOKS: {
    schema: z
      .string()
      .transform((text) =>
        text
          .split(',')
          .map((it) => it.trim())
          .filter((it) => it !== ''),
      )
      .refine(
        (list) => list.every(isNetwork),
        'must name addresses or networks such as 10.1.2.0/24',
      )
      .optional(),
    default: undefined,
    help: 'Private addresses that webhooks may reach all the same: addresses or networks, separated by commas.',
  },
  SIGNALBOX_SIGN_IN_TRIES: {
    schema: limit,
    default: '5',
    help: 'Passwords that may be tried in 15 min, for an account from an address; ten times as many wrong ones from an address for all accounts.',
  },
  SIGNALBOX_ACTIONS_A_MINUTE: {
    schema: limit,
    default: '120',
    help: 'Actions of a person in a minute; one on many coordinators counts once.',
  },
  SIGNALBOX_MACHINE_CALLS_A_MINUTE: {
    schema: limit,
    default: '3000',
    help: 'Calls of a machine token in a minute, all that come with it together.',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
    help: 'Least level that is logged, as JSON lines on stderr.',
  },
  NODE_ENV: {
    schema: z.enum(['production', 'development', 'test']),
    default: 'production',
    help: '`development` compiles pages as they are asked for, and reloads them.',
  },
} as const satisfies Record<string, Variable>

export type ServerVariable = keyof typeof serverVariables
