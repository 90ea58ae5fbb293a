// Redis is really stopped, and comes back while the circuit breaker waits out its cooldown.
import { setTimeout as sleep } from 'node:timers/promises'
import { CircuitBreaker, createClient } from 'signalbox'
import { redisHost, redisPort } from './support/address'
import { pace } from './support/pace'
import { switchRedis } from './support/redis-switch'

const redis = createClient({ socket: { host: redisHost, port: redisPort } })
const breaker = new CircuitBreaker({
  delays: [1000, 2000, 4000, 8000].map(pace),
  maxAttempts: 4,
  threshold: 3,
  cooldownMs: pace(30_000),
})
breaker.on('state:changed', (state) => console.log('Circuit breaker state changed:', state))
breaker.on('attempt:failed', (event) => console.log('Attempt failed:', event))

await switchRedis('stop')
try {
  console.log('Attempting Redis operations with circuit breaker...')
  await breaker.execute(async () => {
    await redis.connect()
    await redis.ping()
  })
} catch (error) {
  console.log(`Circuit breaker execution failed: ${error}`)
  const state = breaker.getState()
  console.log('Circuit breaker state:', state)
  if (state.state === 'open') {
    console.log('Circuit open - waiting for cooldown period')
    console.log(`Cooldown remaining: ${state.cooldownRemaining}ms`)
    await Promise.all([switchRedis('start'), sleep(state.cooldownRemaining)])
    console.log('Retrying in half-open state...')
    // After a connect that failed, any command connects first.
    await breaker.execute(() => redis.ping())
  }
} finally {
  if (redis.isOpen) await redis.quit()
}
