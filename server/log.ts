import { type Logger, pino } from 'pino'

const unsafe = /[\u007f-\u009f\u2028\u2029]/g

/**
 * JSON lines on stderr; stdout is for the launcher. JSON escapes control characters below 32; the
 * others that a terminal obeys are escaped here, so that no name or message can forge a line.
 */
export function createLogger(
  level: string,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: [
          'password',
          'secret',
          'token',
          'cookie',
          '*.password',
          '*.secret',
          '*.token',
          '*.cookie',
        ],
        censor: '[redacted]',
      },
    },
    {
      write: (line) =>
        write(
          line.replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
        ),
    },
  )
}
