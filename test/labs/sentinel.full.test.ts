import { expect, it } from 'vitest'
import { until } from '../until'
import { startSentinelLab } from './sentinel'

// Sentinels take ten seconds to make a replica of a primary that came back.
it('a primary that was killed comes back as a replica, with what was written meanwhile', async () => {
  const lab = await startSentinelLab()
  try {
    const old = await lab.primary()
    await old.kill9()
    await lab.untilFailedOver(old)
    await lab.client().set('written', 'after')
    await old.restart()
    await lab.untilReplicated()
    await until(async () => (await old.client().get('written')) === 'after')
    expect(await lab.primary()).not.toBe(old)
  } finally {
    await lab.stop()
  }
})
