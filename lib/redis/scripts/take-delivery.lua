-- Takes the delivery that is due first, for one attempt. Whoever takes it and is never heard of again leaves
-- it to others when its lease is over.
-- KEYS: 1 the deliveries
-- ARGV: 1 the server's prefix, 2 actor, 3 lease ms
-- Answers: OK, id, webhook, attempt, when it was made, subject, entries as JSON, more, namespace, address | NONE
--- @include "includes/now"
for _ = 1, 100 do
  local id = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', int(NOW), 'LIMIT', 0, 1)[1]
  if not id then return { 'NONE' } end
  local key = ARGV[1] .. 'delivery:' .. id
  local it = redis.call('HMGET', key, 'webhook', 'at', 'subject', 'entries', 'more', 'namespace', 'url')
  if it[1] then
    local attempt = redis.call('HINCRBY', key, 'attempts', 1)
    redis.call('ZADD', KEYS[1], int(NOW + tonumber(ARGV[3])), id)
    return { 'OK', id, it[1], int(attempt), it[2], it[3], it[4], it[5], it[6], it[7] }
  end
  redis.call('ZREM', KEYS[1], id)
end
return { 'NONE' }
