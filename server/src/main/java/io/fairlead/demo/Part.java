package io.fairlead.demo;

import java.util.List;

/// One connector of the show.
///
/// @param name short, for a table
/// @param temper what its third party does, in a few words
/// @param document the connector, for `POST /v1/connectors`
public record Part(String name, String temper, String document) {
  /// The four connectors.
  ///
  /// @param address the sample third party's host and port
  public static List<Part> all(String address) {
    return List.of(
        new Part("Billing", "answers at once", BILLING.replace("ADDRESS", address)),
        new Part("CRM", "takes 400 ms", CRM.replace("ADDRESS", address)),
        new Part("Tickets", "503 twice, then heals", TICKETS.replace("ADDRESS", address)),
        new Part("Fax", "never answers", FAX.replace("ADDRESS", address)));
  }

  private static final String BILLING =
      """
      {
        "name": "Billing",
        "method": "PUT",
        "url": "http://ADDRESS/billing/customers/{{customer.id}}/invoices/{{InvoiceNumber}}",
        "headers": [{"name": "X-Invoice", "value": "{{InvoiceNumber}}"}],
        "body": {
          "type": "json",
          "fields": [
            {"name": "number", "value": "{{InvoiceNumber}}"},
            {"name": "paid", "value": "{{amount}}"},
            {"name": "text", "value": "Invoice {{InvoiceNumber}} of {{customer.name}}"}
          ]
        },
        "authorization": {"kind": "bearer", "token": "a-token-that-nobody-will-see"},
        "triggers": [{"eventType": "invoice.*"}]
      }
      """;

  private static final String CRM =
      """
      {
        "name": "CRM",
        "method": "POST",
        "url": "http://ADDRESS/crm/notes",
        "query": [{"name": "customer", "value": "{{customer.id}}"}],
        "body": {
          "type": "json",
          "template": "{\\"note\\": \\"{{customer.name}} has paid {{amount}}\\", \\"amount\\": {{amount}}}"
        },
        "authorization": {"kind": "basic", "username": "hub", "password": "a-password-that-nobody-will-see"},
        "triggers": [{"eventType": "invoice.paid"}],
        "policy": {"concurrency": 4}
      }
      """;

  private static final String TICKETS =
      """
      {
        "name": "Tickets",
        "method": "POST",
        "url": "http://ADDRESS/tickets/{{InvoiceNumber}}",
        "triggers": [{"eventType": "invoice.paid"}],
        "policy": {"retrySchedule": ["2s", "3s", "10s"]}
      }
      """;

  private static final String FAX =
      """
      {
        "name": "Fax",
        "method": "POST",
        "url": "http://ADDRESS/fax/send",
        "triggers": [{"eventType": "*"}],
        "policy": {"timeout": "1s", "retrySchedule": ["1s", "2s"], "concurrency": 8}
      }
      """;
}
