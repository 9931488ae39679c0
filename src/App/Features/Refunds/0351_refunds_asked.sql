-- When the provider was last asked about a refund that it had taken on: not of the document, so that a change of that doesn't forget it.
alter table doc_refund add column asked timestamptz;
create index doc_refund_sent on doc_refund (asked nulls first, id) where status = 'Sent';
