-- Nobody searches beyond one event: doc_order_contact_event_email serves.
drop index doc_order_contact_email;
