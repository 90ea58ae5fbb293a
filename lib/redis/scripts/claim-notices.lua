-- Of some troubles, those that nobody has taken on yet are taken on, and told to the webhooks that want
-- them: one delivery a webhook, in the same step, so that of many servers one tells, and tells it all.
-- A trouble of many is new when it is new for one of them.
-- KEYS: 1 the deliveries, then the notices of each trouble, one after the other
-- ARGV: 1 the server's prefix, 2 actor, 3 the webhooks as JSON: [{id, delivery, wants: [place of a trouble]}],
--       4 most deliveries that may wait, 5 most troubles told at once, 6 delivery kept ms, 7 namespace,
--       8 the control room's address, then for each trouble: how many notices it has, how long they are
--       remembered ms, itself as JSON
-- Answers: OK, how many were taken on, how many deliveries were made
--- @include "includes/now"
local claimed, count, made, key = {}, 0, 0, 1
for place = 1, (#ARGV - 8) / 3 do
  local at = 6 + 3 * place
  for _ = 1, tonumber(ARGV[at]) do
    key = key + 1
    if redis.call('SET', KEYS[key], '1', 'NX', 'PX', ARGV[at + 1]) then claimed[place] = ARGV[at + 2] end
  end
  if claimed[place] then count = count + 1 end
end
for _, webhook in ipairs(cjson.decode(ARGV[3])) do
  local told, more = {}, 0
  for _, place in ipairs(webhook.wants) do
    if claimed[place] and #told < tonumber(ARGV[5]) then told[#told + 1] = claimed[place]
    elseif claimed[place] then more = more + 1 end
  end
  if #told > 0 then
    local subject = cjson.decode(told[1]).title
    if #told + more > 1 then subject = subject .. ' and ' .. int(#told + more - 1) .. ' more' end
    if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[4]) then
      local log = ARGV[1] .. 'webhook-log:' .. webhook.id
      redis.call('LPUSH', log, cjson.encode({ at = NOW, deliveryId = webhook.delivery, attempt = 1,
        outcome = 'dropped', subject = subject, error = 'too many deliveries were waiting', tookMs = 0 }))
      redis.call('LTRIM', log, 0, 19)
    else
      local key = ARGV[1] .. 'delivery:' .. webhook.delivery
      redis.call('HSET', key, 'webhook', webhook.id, 'attempts', 0, 'at', int(NOW), 'subject', subject,
        'entries', '[' .. table.concat(told, ',') .. ']', 'more', more, 'namespace', ARGV[7], 'url', ARGV[8])
      redis.call('PEXPIRE', key, ARGV[6])
      redis.call('ZADD', KEYS[1], int(NOW), webhook.delivery)
      made = made + 1
    end
  end
end
return { 'OK', int(count), int(made) }
