namespace JobWatcher.Simulator.Scenarios;

/// <summary>What people call their instances.</summary>
internal static class InstanceNames
{
    public static IReadOnlyList<string> Usual { get; } =
    [
        "orders-prod", "orders-staging", "billing-eu", "billing-us", "catalog-prod", "inventory", "users-prod",
        "sessions", "payments-prod", "payments-dr", "analytics-replica", "reporting", "search-index", "shipping-prod",
        "crm", "hr-payroll", "gauss-1234", "taurus-test-01", "loyalty", "pricing-canary", "café-poc", "订单-测试",
    ];

    /// <summary>Names that attack consoles, pages, logs, label values and tables.</summary>
    public static IReadOnlyList<string> Hostile { get; } =
    [
        "<script>alert('gauss')</script>",
        "\"><img src=x onerror=alert(1)>",
        "robert'); DROP TABLE jobs;--",
        "line\r\nbreak\ttab\0nul",
        "\u001b[31mred\u001b[0m\u0007",
        "gpj.\u202Etxt",
        "back\\slash\"quote{job=\"x\"}",
        "${jndi:ldap://127.0.0.1/a}",
        "{{ .Values }} {0} %s %n",
        new string('n', 4_000),
        "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 🏳️‍🌈",
        " ",
    ];
}
