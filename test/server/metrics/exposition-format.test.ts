import { describe, expect, it } from 'vitest'
import { parseExposition } from './exposition-format'

describe('the strict reader of the text format', () => {
  it('reads what is right', () => {
    const series = parseExposition(
      [
        '# HELP waits How long, in "seconds".',
        '# TYPE waits histogram',
        'waits_bucket{le="0.1",swarm_id="a"} 1',
        'waits_bucket{le="+Inf",swarm_id="a"} 2',
        'waits_sum{swarm_id="a"} 3.5',
        'waits_count{swarm_id="a"} 2',
        '# TYPE up gauge',
        'up 1e0',
        '',
      ].join('\n'),
    )
    expect(series.get('up')).toBe(1)
    expect(series.get('waits_sum{swarm_id="a"}')).toBe(3.5)
  })

  it.each([
    ['no line feed at the end', '# TYPE up gauge\nup 1'],
    ['a sample of no family', 'up 1\n'],
    ['a series twice', '# TYPE up gauge\nup 1\nup 2\n'],
    ['a family in two places', '# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# HELP a again\n'],
    ['a quote that is not escaped', '# TYPE up gauge\nup{a="b"c"} 1\n'],
    ['a label twice', '# TYPE up gauge\nup{a="1",a="2"} 1\n'],
    ['a value that is none', '# TYPE up gauge\nup undefined\n'],
    ['a name that is none', '# TYPE up gauge\nup-time 1\n'],
    ['no infinite bucket', '# TYPE w histogram\nw_bucket{le="1"} 1\nw_sum 1\nw_count 1\n'],
    ['a count that differs', '# TYPE w histogram\nw_bucket{le="+Inf"} 1\nw_sum 1\nw_count 2\n'],
    [
      'buckets that shrink',
      '# TYPE w histogram\nw_bucket{le="1"} 3\nw_bucket{le="+Inf"} 2\nw_sum 1\nw_count 2\n',
    ],
  ])('refuses %s', (_, text) => {
    expect(() => parseExposition(text)).toThrow()
  })
})
