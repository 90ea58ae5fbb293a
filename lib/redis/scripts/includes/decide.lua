--- @include "includes/emit"
--- @include "includes/consensus-record"
-- How rounds of votes end: when all have voted, at the deadline, or by their owner's word.

local MAX_MERGED = 200

-- Adds what is new to `list`, each text once, in the order in which it was first said.
local function merge(list, seen, texts)
  for _, text in ipairs(texts or {}) do
    if not seen[text] and #list < MAX_MERGED then
      seen[text] = true
      list[#list + 1] = text
    end
  end
end

-- The votes of a round, in the order in which its validators were named.
local function tally(round, validators)
  local it = { count = 0, sum = 0, missing = {}, issues = {}, recommendations = {}, seen_i = {}, seen_r = {} }
  for _, validator in ipairs(validators) do
    local vote = vote_of(round, validator)
    if vote then
      it.count = it.count + 1
      it.sum = it.sum + vote.c
      if not it.min or vote.c < it.min then it.min = vote.c end
      merge(it.issues, it.seen_i, vote.issues)
      merge(it.recommendations, it.seen_r, vote.recommendations)
    else
      it.missing[#it.missing + 1] = validator
    end
  end
  return it
end

-- Writes the outcome and its event, and wakes whoever waits. Answers the outcome, JSON.
local function settle_round(key, decision, votes, by)
  local round = k_consensus(key)
  local outcome = '"decision":"' .. decision .. '","average":'
    .. (votes.count > 0 and fraction(votes.sum / votes.count) or 'null')
    .. ',"min":' .. (votes.min and fraction(votes.min) or 'null')
    .. ',"missing":' .. json_texts(votes.missing)
    .. ',"recommendations":' .. json_texts(votes.recommendations)
    .. ',"issues":' .. json_texts(votes.issues)
    .. ',"by":' .. cjson.encode(by)
  local type = decision == 'expired' and 'consensus.expired' or 'consensus.decided'
  local ev = emit(type, 'consensus:' .. key, '{"key":"' .. key .. '",' .. outcome .. '}')
  outcome = '{' .. outcome .. ',"at":' .. int(NOW) .. '}'
  redis.call('HSET', round, 'outcome', outcome, 'ev', ev)
  redis.call('EXPIRE', round, ROUND_KEPT)
  undue('consensus', key)
  redis.call('PUBLISH', k_hint('consensus:' .. key), 'look')
  return outcome
end

-- What the votes say, in integers.
local function verdict(policy, threshold, votes, iteration, last)
  local reached
  if policy == 'every' then
    reached = votes.min >= threshold
  else
    reached = votes.sum >= threshold * votes.count
  end
  if reached then return 'proceed' end
  return iteration >= last and 'exhausted' or 'relaunch'
end

-- Decides a round whose votes are all in, or, at its deadline, one whose quorum holds; expires what
-- has passed its deadline otherwise. Answers the outcome, JSON, or nil while it is open.
local function decide_if_ripe(key)
  local round = k_consensus(key)
  local it = redis.call('HMGET', round, 'outcome', 'validators', 'policy', 'threshold', 'quorum',
    'deadline', 'iteration', 'last')
  if it[1] then return it[1] end
  if not it[2] then return nil end
  local policy, over = it[3], NOW >= tonumber(it[6])
  if policy == 'owner' and not over then return nil end
  local votes = tally(round, cjson.decode(it[2]))
  if policy ~= 'owner' and votes.count > 0
    and (#votes.missing == 0 or (over and votes.count >= tonumber(it[5]))) then
    local decision = verdict(policy, tonumber(it[4]), votes, tonumber(it[7]), tonumber(it[8]))
    return settle_round(key, decision, votes, 'system')
  end
  if not over then return nil end
  return settle_round(key, 'expired', votes, 'system')
end

-- For a sweep that found `consensus:<key>` due. Events: consensus.decided or consensus.expired, once.
local function decide_due(key)
  if decide_if_ripe(key) then
    undue('consensus', key)
    return
  end
  -- It is still open: its deadline is in its record. What has no record is forgotten.
  local deadline = redis.call('HGET', k_consensus(key), 'deadline')
  if deadline then due('consensus', key, tonumber(deadline)) else undue('consensus', key) end
end
