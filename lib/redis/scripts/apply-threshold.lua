#!lua flags=allow-oom
-- Tells the board the namespace's threshold for some coordinators that name none of their own, and sets
-- the next time to look at them by it. Who registers later has it from the start.
-- KEYS: 1 settings, 2 events, 3 deadlines
-- ARGV: 1 prefix, 2 actor, 3 '1' after the last of them, 4… ids
-- Answers: OK
-- Events: coordinator.phase_changed, for whom it changed
--- @include "includes/beat"
for i = 4, #ARGV do
  local id = ARGV[i]
  local r = record_of(id)
  local threshold = threshold_of(r.threshold)
  if r.epoch and r.seenThreshold ~= tostring(threshold) then
    announce_threshold(id, r, threshold)
    local last = tonumber(r.lastBeat)
    if r.liveness == 'active' then due('coordinator', id, last + stale_after(threshold)) end
    if r.liveness == 'stale' then due('coordinator', id, last + dead_after(threshold)) end
  end
end
if ARGV[3] == '1' then
  redis.call('HSET', K_SETTINGS, 'thresholdApplied', redis.call('HGET', K_SETTINGS, 'threshold') or '')
end
return { 'OK' }
