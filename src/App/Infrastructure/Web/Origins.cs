using System.Net;
using System.Net.Sockets;

namespace App.Infrastructure.Web;

/// <summary>Where requests come from, as limits count it. Never kept as it is: whoever counts keeps a keyed hash.</summary>
public static class Origins
{
    /// <summary>A household of version 6 has 2^64 addresses: it counts as one.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
